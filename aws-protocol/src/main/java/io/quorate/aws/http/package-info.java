/**
 * The entry of every AWS request over Spring's reactive HTTP: verifies, dispatches, answers. The
 * only room of this module that sees Reactor and Spring.
 */
@NullMarked
package io.quorate.aws.http;

import org.jspecify.annotations.NullMarked;
