/**
 * The router, the decoders of requests and the encoders of answers. The only room that holds buffers
 * of the HTTP server, and releases them.
 */
@NullMarked
package io.quorate.s3.http;

import org.jspecify.annotations.NullMarked;
