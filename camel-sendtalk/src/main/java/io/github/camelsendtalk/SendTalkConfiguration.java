package io.github.camelsendtalk;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options that a component and its endpoints share. */
@UriParams
public class SendTalkConfiguration implements Cloneable {

    @UriParam(label = "security", secret = true)
    @Metadata(label = "security", secret = true, important = true)
    private @Nullable String apiKey;

    @UriParam
    @Metadata(important = true)
    private @Nullable String phone;

    @UriParam(enums = "otp,text,image", defaultValue = "text")
    @Metadata(important = true)
    private @Nullable String messageType;

    @UriParam
    private @Nullable String filename;

    @UriParam
    private @Nullable String caption;

    @UriParam
    @Metadata(important = true)
    private @Nullable String phoneRegion;

    @UriParam(label = "advanced", defaultValue = "true")
    private boolean plainHeaders = true;

    @UriParam(defaultValue = "10000", javaType = "java.time.Duration")
    private long connectionRequestTimeout = 10_000;

    @UriParam(defaultValue = "30000", javaType = "java.time.Duration")
    private long requestTimeout = 30_000;

    @UriParam(defaultValue = "0", javaType = "java.time.Duration")
    private long awaitTimeout;

    @UriParam(defaultValue = "1000", javaType = "java.time.Duration")
    private long pollInterval = 1_000;

    public @Nullable String getApiKey() {
        return apiKey;
    }

    /**
     * The integration API key of the SendTalk account that pays. Required, here or on the component. Keep it out of
     * routes: use a placeholder such as {{env:SENDTALK_API_KEY}}.
     */
    public void setApiKey(@Nullable String apiKey) {
        this.apiKey = apiKey;
    }

    public @Nullable String getPhone() {
        return phone;
    }

    /**
     * The recipient; for check, the number to ask for. With country code (6281212345678), or as people write it in the country of the option phoneRegion
     * (0812-1234-5678). In an endpoint's URI it stands above all that a message says; on the component it is for messages
     * that don't name a recipient themselves.
     */
    public void setPhone(@Nullable String phone) {
        this.phone = phone;
    }

    public @Nullable String getMessageType() {
        return messageType;
    }

    /**
     * The type: otp for one-time codes, which SendTalk queues before all others, text, or image. In an endpoint's URI it
     * stands above all that a message says; on the component it is for messages that don't name a type themselves.
     */
    public void setMessageType(@Nullable String messageType) {
        this.messageType = messageType;
    }

    public @Nullable String getFilename() {
        return filename;
    }

    /**
     * The name of an image's file; images must have one. In an endpoint's URI it stands above all that a message says; on
     * the component it is for images that don't name one themselves.
     */
    public void setFilename(@Nullable String filename) {
        this.filename = filename;
    }

    public @Nullable String getCaption() {
        return caption;
    }

    /**
     * The caption of an image. In an endpoint's URI it stands above all that a message says; on the component it is for
     * images that don't have one themselves.
     */
    public void setCaption(@Nullable String caption) {
        this.caption = caption;
    }

    public @Nullable String getPhoneRegion() {
        return phoneRegion;
    }

    /**
     * The ISO 3166 country, such as ID, by whose rules national numbers (0812-1234-5678) are read. Without it every number
     * must begin with its country code.
     */
    public void setPhoneRegion(@Nullable String phoneRegion) {
        this.phoneRegion = phoneRegion;
    }

    public boolean isPlainHeaders() {
        return plainHeaders;
    }

    /**
     * Whether the headers phone, messageType, filename and caption, also as ce-phone and so on, are read beside the
     * CamelSendTalk headers. Switch it off where headers come from outside, such as behind platform-http, so that no caller
     * chooses the recipient.
     */
    public void setPlainHeaders(boolean plainHeaders) {
        this.plainHeaders = plainHeaders;
    }

    public long getConnectionRequestTimeout() {
        return connectionRequestTimeout;
    }

    /**
     * How long a call may wait until its request is written: for a place among maxConnections, or until a connection is
     * made, which takes the look-up of the name, TLS, and the proxy's tunnel. When it has passed nothing was sent, and the
     * exception says so: a send may be repeated. 1 ms to 1 day.
     */
    public void setConnectionRequestTimeout(long connectionRequestTimeout) {
        this.connectionRequestTimeout = connectionRequestTimeout;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    /**
     * How long an answer may take, from when the request is written to the last byte of the answer; each request has the
     * whole of it, however long it waited before. When it has passed the outcome of a send is unknown, and the exception
     * says so: the message may have been taken. 1 ms to 1 day.
     */
    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public long getAwaitTimeout() {
        return awaitTimeout;
    }

    /**
     * For status: how long to ask again until the message is no longer pending. No thread waits meanwhile. When it has
     * passed, the last status is the result. 0 asks once. 1 day at most.
     */
    public void setAwaitTimeout(long awaitTimeout) {
        this.awaitTimeout = awaitTimeout;
    }

    public long getPollInterval() {
        return pollInterval;
    }

    /** For status with an awaitTimeout: the time between an answer and the next poll. 1 ms to 1 day. */
    public void setPollInterval(long pollInterval) {
        this.pollInterval = pollInterval;
    }

    public SendTalkConfiguration copy() {
        try {
            return (SendTalkConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /** The region by which these options' phone is read: their own, or else the other one. */
    @Nullable
    String phoneRegionOr(@Nullable String other) {
        return phoneRegion != null && !phoneRegion.isBlank() ? phoneRegion : other;
    }
}
