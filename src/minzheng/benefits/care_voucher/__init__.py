"""Care vouchers of incapacitated elders (中度以上失能老年人养老服务消费补贴)."""

from minzheng.benefits.care_voucher.assess import RULE, assess, facts_of
from minzheng.benefits.care_voucher.facts import PersonFacts, Reason, Result, Terms
from minzheng.benefits.care_voucher.rule import decide
from minzheng.benefits.care_voucher.terms import terms

__all__ = [
    "RULE",
    "PersonFacts",
    "Reason",
    "Result",
    "Terms",
    "assess",
    "decide",
    "facts_of",
    "terms",
]
