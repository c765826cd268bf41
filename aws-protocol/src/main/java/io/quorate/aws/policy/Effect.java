package io.quorate.aws.policy;

/** What a statement does with the requests it is about. */
public enum Effect {
    ALLOW, DENY
}
