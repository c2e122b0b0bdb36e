"""Who takes part, what they may do, and which references are whose to screen."""

from collections.abc import Mapping

from review.pipeline.project import Project
from review.store import queries
from review.store.events import Assigned, PersonAdded, PersonChanged
from review.store.events.base import DecisionStage
from screening.allocation import allocate
from screening.decisions import Policy, State
from screening.problems import WinnowError, error

ROLES = ("reviewer", "appraiser", "author", "owner")
_LONGEST = 80


def set_person(  # noqa: PLR0913 - everything that can be said of a person
    project: Project,
    actor: str,
    name: str,
    roles: tuple[str, ...],
    *,
    active: bool = True,
    password_hash: str | None = None,
) -> None:
    """Let someone join with these roles, or change who is in the review; None keeps the password.

    Raises WinnowError for a name that cannot be shown, an unknown role, or where nobody who can sign in
    would be left to look after the people.
    """
    if not name or not name.isprintable() or len(name) > _LONGEST or name != name.strip():
        raise WinnowError(
            error("", f"a name has letters, no line breaks, and at most {_LONGEST} of them.")
        )
    if unknown := [role for role in roles if role not in ROLES]:
        raise WinnowError(error("", f'"{unknown[0]}" is no role. Roles are {", ".join(ROLES)}.'))
    with project.ledger.read() as conn:
        everyone = {person.name: person for person in queries.people(conn)}
    known = everyone.get(name)
    password = (
        password_hash if password_hash is not None else (known.password_hash if known else "")
    )
    keepers = [each.name for each in everyone.values() if _looks_after(each)]
    after = queries.Person(name, roles, active, password)
    if keepers == [name] and not _looks_after(after):
        raise WinnowError(
            error(name, "is the only owner who can sign in. Make someone else an owner first.")
        )
    ordered = tuple(role for role in ROLES if role in roles)
    with project.write(actor) as writer:
        if known is None:
            writer.append(PersonAdded(name=name, roles=ordered, password_hash=password))
        if known is not None or not active:
            writer.append(
                PersonChanged(name=name, roles=ordered, password_hash=password, active=active)
            )


def share_out(
    project: Project,
    stage: DecisionStage,
    weights: Mapping[str, float],
    *,
    core: str | None = None,
    seed: int,
) -> dict[str, tuple[str, ...]]:
    """Return who would screen which of the references that nobody has voted on yet.

    Each goes to as many reviewers as its policy asks for, in proportion to their weights; a core
    reviewer gets all of them. What has one vote already stays open to everyone, so it is in all
    shares. Nothing is written. Raises WinnowError where the weights cannot be met.
    """
    plan = project.protocol.screening.plan(stage)
    wanted = {str(stage): (State.PENDING, State.AWAITING_SECOND)}
    with project.ledger.read() as conn:
        lines = queries.references(conn, queries.ReferenceFilter(**wanted))  # type: ignore[arg-type]
    begun = [line.key for line in lines if getattr(line.standing, stage) == State.AWAITING_SECOND]
    fresh = [line.key for line in lines if getattr(line.standing, stage) == State.PENDING]
    screening_seed = project.protocol.screening.seed
    once = [k for k in fresh if plan.policy_for(k, screening_seed) is Policy.SINGLE]
    twice = [k for k in fresh if plan.policy_for(k, screening_seed) is not Policy.SINGLE]
    shares: dict[str, list[str]] = {name: [] for name in weights}
    try:
        for keys, votes in ((once, 1), (twice, 2)):
            if keys:
                found = allocate(keys, weights, votes=votes, core=core, seed=seed)
                for name, own in found.items():
                    shares[name] += own
    except ValueError as refused:
        raise WinnowError(error("", str(refused))) from None
    return {name: (*own, *begun) for name, own in shares.items()}


def assign(
    project: Project, actor: str, stage: DecisionStage, shares: Mapping[str, tuple[str, ...]]
) -> None:
    """Make each reviewer's share at a stage exactly these references; none lifts the restriction."""
    with project.write(actor) as writer:
        writer.append_many(
            Assigned(reviewer=name, stage=stage, references=own) for name, own in shares.items()
        )


def _looks_after(person: queries.Person) -> bool:
    return person.active and "owner" in person.roles and bool(person.password_hash)
