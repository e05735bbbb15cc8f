"""x"""
from minzheng.organizations.kinds import Kind
