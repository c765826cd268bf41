/**
 * DynamoDB's expression language: texts become syntax trees ({@link Expressions} caches them),
 * placeholders are bound and everything that can be judged without an item is judged
 * ({@link ConditionCheck}, {@link UpdateCheck}, {@link KeyCondition}), and trees are evaluated on
 * items. Sees the model and the error room; knows no JSON and no store. Source: Amazon DynamoDB
 * developer guide, "Using expressions in DynamoDB".
 */
@NullMarked
package io.quorate.dynamodb.expression;

import org.jspecify.annotations.NullMarked;
