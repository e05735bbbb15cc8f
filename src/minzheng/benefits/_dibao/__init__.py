"""Dibao (最低生活保障), the minimum living guarantee, as the law states it."""

from minzheng.benefits._dibao.benefit import dibao

__all__ = ["dibao"]
