"""How well practice scores hold: order of good and bad, agreement check by check, beside a keyword count."""
