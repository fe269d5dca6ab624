/** The routes that the documents show, in Java; those in YAML and XML are beside them, in the resources. */
@NullMarked
package io.github.camelsendtalk.docs.examples;

import org.jspecify.annotations.NullMarked;
