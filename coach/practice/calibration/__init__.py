"""Calibration: trainers say whether verdicts hold, and from that follows how far each check can be trusted.

sureness     the verdicts of a finished practice, with how sure the engine was and the words it came nearest to
agreement    pure arithmetic over votes: agreement and kappa for each check, language and engine
desk         what a trainer may do: take the next verdict, vote, look at the figures, take the votes away
advice       which checks are advice only, and what a report says about them
"""
