/**
 * The request as the client sent it, before anything is decided: head, headers, query, request id.
 */
@NullMarked
package io.quorate.aws.request;

import org.jspecify.annotations.NullMarked;
