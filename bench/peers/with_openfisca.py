"""OpenFisca-Core, in the idiom named by ``--idiom``; see ``fisca``."""

from __future__ import annotations

from fisca import Kit, time_it
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import MONTH, YEAR
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

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
