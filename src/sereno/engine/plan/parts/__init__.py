"""The parts of the plan, each a frozen value; `engine.plan.model` puts them together."""
