/**
 * Every action of every AWS protocol across a change of the leader: what a client of the real SDK asks through a
 * follower, while leadership is transferred and while the leader is killed, is answered, and happens once.
 *
 * <p>An action that docs/compatibility.md names as built must have a case here, and the reverse;
 * {@link io.quorate.gateway.change.RegisteredActionsTest} holds it. To add one, put a line into the list of
 * the class that has its neighbours:
 *
 * <pre>{@code
 * ActionCase.of("TagQueue",                                    // action, then what is special about the case
 *         SqsQueueActions::queue,                              // prepare: makes what the call needs, at rest
 *         (sdk, url) -> sdk.sqs().tagQueue(tag -> tag.queueUrl(url).tags(TAGS)), // the one call
 *         (sdk, url, answer) -> assertThat(tags(sdk, url)).isEqualTo(TAGS)) // the answer and its one effect
 * }</pre>
 *
 * {@code orAnswers(code, effect)} admits an error that docs/compatibility.md says a repeated attempt may get; its
 * effect is looked for all the same. A new list implements {@link io.quorate.gateway.change.ActionCases}
 * and is named in {@link io.quorate.gateway.change.RegisteredActions}. Every case runs a few times in each change,
 * under names of its own ({@code id}), beside all the others: leave nothing that another case could meet. See it
 * work with {@code mvn verify -pl gateway-app -am -Dit.test=LeaderChangeIT}.
 */
@NullMarked
package io.quorate.gateway.change;

import org.jspecify.annotations.NullMarked;
