/** Tests of the expression language. */
@org.jspecify.annotations.NullMarked
package io.quorate.dynamodb.expression;
