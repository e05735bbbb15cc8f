"""PolicyEngine-Core, in the idiom named by ``--idiom``; see ``fisca``."""

from __future__ import annotations

from fisca import Kit, time_it
from policyengine_core.entities import build_entity
from policyengine_core.enums import Enum
from policyengine_core.parameters import ParameterNode
from policyengine_core.periods import MONTH, YEAR
from policyengine_core.simulations import SimulationBuilder
from policyengine_core.taxbenefitsystems import TaxBenefitSystem
from policyengine_core.variables import Variable

if __name__ == "__main__":
    time_it(
        Kit(
            build_entity,
            SimulationBuilder,
            TaxBenefitSystem,
            Variable,
            Enum,
            ParameterNode,
            MONTH,
            YEAR,
        )
    )
