"""A member of staff chooses a password with a one-time link: the first one, or a new one."""

from __future__ import annotations

from webapp.domain.invitations import LINKS
from webapp.persistence import accounts, audit, invitations, login_records, sign_in_steps
from webapp.persistence.database import reading, writing
from webapp.persistence.invitations import Redeemed
from webapp.services import passwords, second_steps
from webapp.services.ports import Collaborators
from webapp.services.redemption import Attempt, WrongCodeError, redeem
from webapp.services.second_steps import Entry


def choose(with_: Collaborators, attempt: Attempt, password: str) -> Entry:
    """Set the password, sign every other device out and let this one in, or to the second step.

    Raises WeakPasswordError, WrongCodeError.
    """
    now = with_.clock.now()
    account = invitations.find(reading(), attempt.secret, LINKS, now)
    about = (account.name, account.email or "") if account else ()
    passwords.check_new(password, about)
    # The slow hash is made outside the transaction, and only for somebody with a usable link.
    password_hash = passwords.hash_of(with_, password) if account else ""
    with writing() as writer:
        used = redeem(writer, attempt, LINKS, now)
        if isinstance(used, Redeemed):
            assert used.account_id is not None
            found = accounts.staff_by_id(writer, used.account_id)
            assert found is not None
            found.password_hash = password_hash
            login_records.end_all(writer, found.id, now)
            sign_in_steps.end_all(writer, found.id)
            audit.record(writer, now, found.id, "password", ("account", found.id))
            return second_steps.admit(writer, found.id, attempt.device, now)
    raise WrongCodeError(used)
