/** The rehearsal of a release: {@code mvn -P rehearsal -pl verification/release verify}. It publishes nothing. */
@NullMarked
package io.github.camelsendtalk.release;

import org.jspecify.annotations.NullMarked;
