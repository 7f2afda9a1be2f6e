"""functions.*: the end of a workflow's step."""

from bot.playground.slack import LocalSlack
from bot.playground.web_api import ApiError, Arguments, invalid, method
from bot.playground.world import Execution, Json


@method("functions.completeSuccess", required=["function_execution_id", "outputs"], takes_json=True)
def complete_success(slack: LocalSlack, arguments: Arguments) -> Json:
    """The workflow goes on with what the step gives back."""
    execution, outputs = _running(slack, arguments), arguments["outputs"]
    declared = slack.app.steps[execution.step]["output_parameters"]
    missing = [name for name in declared["required"] if not outputs.get(name)]
    if missing or set(outputs) - set(declared["properties"]):
        raise ApiError("parameter_validation_failed")
    execution.outputs = outputs
    return {}


@method("functions.completeError", required=["function_execution_id", "error"], takes_json=True)
def complete_error(slack: LocalSlack, arguments: Arguments) -> Json:
    """The workflow ends at the step."""
    execution, error = _running(slack, arguments), arguments["error"]
    if not isinstance(error, str):
        raise invalid("[ERROR] must be a string [json-pointer:/error]")
    execution.error = error
    return {}


def _running(slack: LocalSlack, arguments: Arguments) -> Execution:
    execution = slack.world.executions.get(str(arguments["function_execution_id"]))
    if execution is None:
        raise ApiError("function_execution_not_found")
    if execution.is_over:
        raise ApiError("execution_already_finished")
    return execution
