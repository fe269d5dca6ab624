/** What the tests of several modules share. It knows nothing of SendTalk. One test at a time uses an object of it. */
@NullMarked
package io.github.camelsendtalk.support;

import org.jspecify.annotations.NullMarked;
