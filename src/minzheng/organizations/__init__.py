"""Social organisations (社会组织): kinds, annual check, revocation, zombie screen, credit lists, evaluation.

Nothing here decides a case: an answer says what the facts meet under the rule of the day, on
what evidence, and what is missing.
"""

from minzheng.organizations.annual_check import (
    Calendar,
    Filing,
    To,
    calendar,
    conclude,
    conclusions,
    rectification_due,
)
from minzheng.organizations.coverage import Indicator, Share, indicator
from minzheng.organizations.credit import (
    CreditList,
    Term,
    abnormal_grounds,
    abnormal_term,
    entry_due,
    may_leave_serious,
    serious_grounds,
)
from minzheng.organizations.decoupling import decoupled, separations
from minzheng.organizations.evaluation import (
    After,
    Validity,
    lockout_until,
    may_reapply,
    validity,
)
from minzheng.organizations.facts import (
    Conclusion,
    CreditRecord,
    Decoupling,
    Organization,
    YearCheck,
)
from minzheng.organizations.fees import FeeCheck, Problem, fee_check
from minzheng.organizations.findings import Answer, Evidence, Finding, Review
from minzheng.organizations.kinds import Kind, Level, Number, read_number
from minzheng.organizations.revocation import Measure, criteria
from minzheng.organizations.targets import CHENGDE_2020, DECOUPLING_2019, Over, Target, target
from minzheng.organizations.zombie import Screened, screen, signs

__all__ = [
    "CHENGDE_2020",
    "DECOUPLING_2019",
    "After",
    "Answer",
    "Calendar",
    "Conclusion",
    "CreditList",
    "CreditRecord",
    "Decoupling",
    "Evidence",
    "FeeCheck",
    "Filing",
    "Finding",
    "Indicator",
    "Kind",
    "Level",
    "Measure",
    "Number",
    "Organization",
    "Over",
    "Problem",
    "Review",
    "Screened",
    "Share",
    "Target",
    "Term",
    "To",
    "Validity",
    "YearCheck",
    "abnormal_grounds",
    "abnormal_term",
    "calendar",
    "conclude",
    "conclusions",
    "criteria",
    "decoupled",
    "entry_due",
    "fee_check",
    "indicator",
    "lockout_until",
    "may_leave_serious",
    "may_reapply",
    "read_number",
    "rectification_due",
    "screen",
    "separations",
    "serious_grounds",
    "signs",
    "target",
    "validity",
]
