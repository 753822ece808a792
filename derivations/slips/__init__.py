"""Slips undone: from a refuted claim back to the claims that it may have been before one typical slip.

The functions here never judge: whether what comes out holds is for the prover to say (see `derivations.mistakes`).
"""
