"""Who takes part, and what they may do."""

from review.pipeline.project import Project
from review.store import queries
from review.store.events import PersonAdded, PersonChanged
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


def _looks_after(person: queries.Person) -> bool:
    return person.active and "owner" in person.roles and bool(person.password_hash)
