"""The practice room: a simulated customer who moves by rules, and a score that points at the rep's words.

hearing     what counts of what the rep typed (injections, parroting, pasted briefs do not)
asked       was that a question about this?
conditions  the scenario's conditions, evaluated
state       tempers, objections, facts that are out
customer    what the customer does next
lines       which authored line says it; none twice
checks      key points and rubric as the engine's checks, and the ledger of what was proved
score       pure arithmetic over the ledger
session     one practice from opening to end: say, hint, save, resume, branch
"""
