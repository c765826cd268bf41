package io.quorate.aws.policy;

/**
 * What policies decide on.
 *
 * @param principal who asks
 * @param action such as {@code s3:GetObject}
 * @param resource the ARN it is about
 * @param keys what else the request says
 */
public record PolicyRequest(Principal principal, String action, String resource,
        ConditionKeys keys) {}
