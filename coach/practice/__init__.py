"""The practice room: a simulated customer who moves by rules, and a score that points at the rep's words.

What the rep said
    hearing      what counts of what was typed: injections, echoes, pasted briefs and heaps of words do not
    harm         a second look at harmful acts
    judging      one rep turn, judged: voided, read, held against what is still open
    asked        was that a question about this?
What the customer does
    state        tempers, objections, facts that are out
    temper       how a turn moves trust, patience, willingness
    conditions   the scenario's conditions, evaluated
    facts        what is told when asked
    objections   latent, raised, softened, resolved or hardened
    room         several people at one table
    endings      the one named reason
    customer     the next moves, from all of these
    lines        which authored line says it; none twice
    wording      the engine's words for a move, through the guard
    guard        no leaks, no selling, no stepping out of the scene
What it comes to
    checks       key points, red lines and rubric as the engine's questions; the ledger of what was proved
    score        pure arithmetic over the ledger
    composure    declared signals around provocations
    hints        the ladder
    live, mood   what stands beside the talk
    session      one practice from opening to end: say, hint, save, resume, branch
    transcript   what is kept of it
    finished     scores a dialogue that was not played here
    colleague, card   two people, one of them the customer with the customer's card
    bots, certificate   who plays a scenario before people do, and whether it may be published
From one practice to the next
    kept         saved after every turn, found again, its clock
    exam         an opening not met before, and which attempt counts
    branches     two ways from one turn, side by side
    history      scores per type of objection
    today        what is due, and the round of the day
    field, own   drills from visits, and the scenarios that people made here
    certificates   certificates as they are kept, and what has changed since
"""
