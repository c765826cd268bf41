package io.quorate.aws.policy;

import java.util.List;

/**
 * One statement of a policy.
 *
 * @param effect what it does
 * @param principals whom it is about
 * @param actions which actions
 * @param resources which resources
 * @param conditions all of which must hold
 */
record Statement(Effect effect, Principals principals, Names actions, Names resources,
        List<Condition> conditions) {
    Statement {
        conditions = List.copyOf(conditions);
    }

    /** How far the statement is about the request: SILENT, with its account, or itself. */
    Decision about(PolicyRequest request, Variables variables) {
        Decision about = actions.haveAction(request.action())
                ? principals.about(request.principal())
                : Decision.SILENT;
        boolean holds = about != Decision.SILENT
                && resources.haveResource(request.resource(), variables)
                && conditions.stream().allMatch(condition -> condition.holds(variables));
        return holds ? about : Decision.SILENT;
    }
}
