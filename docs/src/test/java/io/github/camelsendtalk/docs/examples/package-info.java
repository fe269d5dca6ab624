/** The routes and tests that the documents show, in Java; routes in YAML and XML are beside them, in the resources. */
@NullMarked
package io.github.camelsendtalk.docs.examples;

import org.jspecify.annotations.NullMarked;
