/**
 * Takes the settings {@code camel.component.sendtalk.*} of a Spring Boot application to the component. Knows Spring Boot, and
 * of the component only its class.
 */
@NullMarked
package io.github.camelsendtalk.springboot;

import org.jspecify.annotations.NullMarked;
