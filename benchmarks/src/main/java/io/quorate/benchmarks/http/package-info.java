/**
 * Many keep-alive HTTP/1.1 connections on one thread, so that the load takes as little of a small
 * machine as it can. Knows no AWS word.
 */
@NullMarked
package io.quorate.benchmarks.http;

import org.jspecify.annotations.NullMarked;
