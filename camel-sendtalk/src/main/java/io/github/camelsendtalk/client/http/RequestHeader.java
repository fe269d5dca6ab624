package io.github.camelsendtalk.client.http;

/** A header of a request. Its text form holds the name alone, because the value may be a key. */
public record RequestHeader(String name, String value) {

    @Override
    public String toString() {
        return name;
    }
}
