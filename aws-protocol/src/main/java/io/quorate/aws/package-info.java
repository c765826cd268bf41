/**
 * What the AWS protocols share and that knows no store: the request as it was sent, who sent it
 * (Signature Version 4), which service it means, how its body is framed and checked, and how an
 * error is spelled. Only {@code io.quorate.aws.http} sees Reactor and Spring; everything else is
 * plain Java and can be used and tested without a server.
 */
@NullMarked
package io.quorate.aws;

import org.jspecify.annotations.NullMarked;
