/**
 * What tests share: a server whose connections follow a script, certificates, a base class for routes against the sandbox, and
 * answers of the API.
 */
package io.github.camelsendtalk.support;
