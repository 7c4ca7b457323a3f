"""All tables, by subject."""

from webapp.persistence.tables.asked import AskedQuestion, ProtocolNote, Synonym
from webapp.persistence.tables.audit import AuditEvent
from webapp.persistence.tables.clinic import Clinic, Location, PrivacyNotice
from webapp.persistence.tables.companions import (
    CalendarFeed,
    HairdresserCard,
    PreparationTick,
    Slip,
)
from webapp.persistence.tables.courses import (
    Course,
    CourseChange,
    Extension,
    TeachBack,
    TreatmentSession,
    Visit,
)
from webapp.persistence.tables.erasing import Tombstone
from webapp.persistence.tables.notices import Notice, NoticePreference, ToldInPerson
from webapp.persistence.tables.people import Account, Client, Consent
from webapp.persistence.tables.photos import (
    Logo,
    Photo,
    PhotoConsent,
    PhotoOpening,
    PhotoPreference,
    PhotoRequest,
    PhotoSweep,
    PhotoVariant,
)
from webapp.persistence.tables.pushes import (
    Delivery,
    DeliveryAttempt,
    DeliveryNotice,
    PushOrigin,
    PushSubscription,
    Sending,
)
from webapp.persistence.tables.second_factors import (
    AuthenticatorApp,
    Passkey,
    PasskeyHandle,
    RecoveryCode,
    SignInStep,
)
from webapp.persistence.tables.sign_in import Invitation, LoginRecord, WrongCode

__all__ = [
    "Account",
    "AskedQuestion",
    "AuditEvent",
    "AuthenticatorApp",
    "CalendarFeed",
    "Client",
    "Clinic",
    "Consent",
    "Course",
    "CourseChange",
    "Delivery",
    "DeliveryAttempt",
    "DeliveryNotice",
    "Extension",
    "HairdresserCard",
    "Invitation",
    "Location",
    "LoginRecord",
    "Logo",
    "Notice",
    "NoticePreference",
    "Passkey",
    "PasskeyHandle",
    "Photo",
    "PhotoConsent",
    "PhotoOpening",
    "PhotoPreference",
    "PhotoRequest",
    "PhotoSweep",
    "PhotoVariant",
    "PreparationTick",
    "PrivacyNotice",
    "ProtocolNote",
    "PushOrigin",
    "PushSubscription",
    "RecoveryCode",
    "Sending",
    "SignInStep",
    "Slip",
    "Synonym",
    "TeachBack",
    "ToldInPerson",
    "Tombstone",
    "TreatmentSession",
    "Visit",
    "WrongCode",
]
