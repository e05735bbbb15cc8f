"""Tekun (特困人员救助供养), and the test whether a statutory supporter is unable."""

from minzheng.benefits._tekun.benefit import tekun
from minzheng.benefits._tekun.supporter import SupporterTest, tekun_supporter

__all__ = ["SupporterTest", "tekun", "tekun_supporter"]
