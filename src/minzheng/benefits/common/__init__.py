"""What several benefits share: declared facts, parameters, and the functions of rules over them."""
