package io.github.camelsendtalk;

import io.github.camelsendtalk.client.Operation;
import io.github.camelsendtalk.client.SendTalkClient;
import io.github.camelsendtalk.client.SendTalkConnections;
import io.github.camelsendtalk.client.http.ConnectionSettings;
import io.github.camelsendtalk.client.http.ConnectionSettings.Proxy;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLContext;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.StringHelper;
import org.apache.hc.client5.http.async.HttpAsyncClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes endpoints, and owns what they share, from start to stop. */
@ManagedResource(description = "Managed SendTalk component")
@Component("sendtalk")
public class SendTalkComponent extends HealthCheckComponent implements SSLContextParametersAware {

    private static final Logger LOG = LoggerFactory.getLogger(SendTalkComponent.class);

    private final SendTalkConnections connections = new SendTalkConnections();
    private final ProducerHealthChecks healthChecks = new ProducerHealthChecks();
    private final EndedCalls endedCalls = new EndedCalls();
    private final LengthWarnings lengthWarnings = new LengthWarnings();
    private volatile @Nullable SendTalkRuntime runtime;

    @Metadata
    private SendTalkConfiguration configuration = new SendTalkConfiguration();

    @Metadata(defaultValue = BaseUrl.DEFAULT)
    private String baseUrl = BaseUrl.DEFAULT;

    @Metadata(label = "advanced", defaultValue = "10000", javaType = "java.time.Duration")
    private long connectTimeout = 10_000;

    @Metadata(defaultValue = "100")
    private int maxConnections = 100;

    @Metadata(label = "advanced", defaultValue = "300000", javaType = "java.time.Duration")
    private long connectionTimeToLive = 300_000;

    @Metadata(label = "advanced")
    private @Nullable String userAgent;

    @Metadata(label = "security")
    private @Nullable SSLContextParameters sslContextParameters;

    @Metadata(label = "security", defaultValue = "false")
    private boolean useGlobalSslContextParameters;

    @Metadata(label = "proxy")
    private @Nullable String proxyHost;

    @Metadata(label = "proxy")
    private @Nullable Integer proxyPort;

    @Metadata(label = "proxy", secret = true)
    private @Nullable String proxyUsername;

    @Metadata(label = "proxy", secret = true)
    private @Nullable String proxyPassword;

    @Metadata(label = "advanced", autowired = false)
    private @Nullable HttpAsyncClient httpClient;

    @Metadata(label = "advanced", autowired = false)
    private @Nullable ExecutorService workerPool;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        // not what remains, which is null where there is none
        Operation operation = UriOptions.operation(uri);
        PropertyConfigurerGetter options = (PropertyConfigurerGetter) getComponentPropertyConfigurer();
        UriOptions.check(
                operation,
                uri,
                parameters,
                getCamelContext()
                        .getCamelContextExtension()
                        .getEndpointUriFactory(getDefaultName())
                        .propertyNames(),
                option -> options.getOptionType(option, true) != null);
        SendTalkConfiguration own = configuration.copy();
        // what the component says of a message counts less than headers: the binding asks the component for it
        own.setPhone(null);
        own.setMessageType(null);
        own.setFilename(null);
        own.setCaption(null);
        SendTalkEndpoint endpoint = new SendTalkEndpoint(uri, this, operation, own);
        setProperties(endpoint, parameters);
        own.setPhone(UriOptions.withPlus(own.getPhone()));
        OptionChecks.requireKey(own, getCamelContext(), StringHelper.before(uri, ":"));
        OptionChecks.check(own);
        if (UriOptions.hasEffect("phone", operation)) {
            OptionChecks.checkPhone(own, configuration);
        }
        return endpoint;
    }

    /** A client with an endpoint's key and timeouts, which goes on with the connections of the next start. */
    SendTalkClient createClient(SendTalkConfiguration settings) {
        return createClient(
                settings,
                Duration.ofMillis(settings.getConnectionRequestTimeout()),
                Duration.ofMillis(settings.getRequestTimeout()));
    }

    private SendTalkClient createClient(
            SendTalkConfiguration settings, Duration connectionRequestTimeout, Duration requestTimeout) {
        String apiKey = key(settings);
        KnownApiKeys.of(getCamelContext()).add(apiKey);
        return connections.client(BaseUrl.parse(baseUrl), apiKey, connectionRequestTimeout, requestTimeout);
    }

    private static String key(SendTalkConfiguration settings) {
        return Objects.requireNonNull(settings.getApiKey());
    }

    /** Registers the health check of an endpoint's key, as long as a producer uses it. */
    void addHealthCheck(SendTalkConfiguration settings) {
        String key = key(settings);
        boolean ownKey = key.equals(configuration.getApiKey());
        healthChecks.add(getCamelContext(), key, ownKey, suffix -> {
            SendTalkHealthCheck check = new SendTalkHealthCheck(
                    "producer:%s-%s%s".formatted(name(), BaseUrl.parse(baseUrl).getHost(), suffix),
                    createClient(settings, SendTalkHealthCheck.TIMEOUT, SendTalkHealthCheck.TIMEOUT));
            check.setEnabled(isHealthCheckProducerEnabled());
            return check;
        });
    }

    void removeHealthCheck(SendTalkConfiguration settings) {
        healthChecks.remove(getCamelContext(), key(settings));
    }

    private String name() {
        return getCamelContext().getComponentNames().stream()
                .filter(name -> getCamelContext().hasComponent(name) == this)
                .findFirst()
                .orElse(getDefaultName());
    }

    /** What the component uses since its last start. */
    SendTalkRuntime runtime() {
        SendTalkRuntime current = runtime;
        if (current == null) {
            throw new IllegalStateException("The sendtalk component is not started");
        }
        return current;
    }

    EndedCalls endedCalls() {
        return endedCalls;
    }

    LengthWarnings lengthWarnings() {
        return lengthWarnings;
    }

    private void checkOptions() {
        warnOfOpenKey(BaseUrl.parse(baseUrl));
        OptionChecks.check(configuration);
        OptionChecks.atLeast("maxConnections", maxConnections, 1);
        OptionChecks.checkTime("connectTimeout", connectTimeout, 1);
        OptionChecks.checkTime("connectionTimeToLive", connectionTimeToLive, 1);
        if (userAgent != null) {
            OptionChecks.checkUserAgent(userAgent);
        }
        if (hasProxy()) {
            OptionChecks.checkProxy(proxyHost, proxyPort);
        }
        if (httpClient != null) {
            OptionChecks.checkHttpClient(httpClient);
        }
        if (workerPool != null) {
            OptionChecks.checkWorkerPool(workerPool);
        }
    }

    private boolean hasProxy() {
        return proxyHost != null && !proxyHost.isBlank();
    }

    private static void warnOfOpenKey(URI baseUrl) {
        if ("http".equalsIgnoreCase(baseUrl.getScheme()) && !BaseUrl.isLoopback(baseUrl.getHost())) {
            LOG.warn("The option baseUrl is {}: the API key travels unencrypted. Use https.", baseUrl);
        }
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        RetryDelay.register(getCamelContext().getTypeConverterRegistry());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        // not in doInit: Camel Main and Spring Boot set the options after it
        checkOptions();
        if (httpClient != null) {
            connections.open(httpClient, userAgent());
        } else {
            connections.open(connectionSettings());
        }
        if (configuration.getApiKey() != null && !configuration.getApiKey().isBlank()) {
            KnownApiKeys.of(getCamelContext()).add(configuration.getApiKey());
        }
        runtime = new SendTalkRuntime(connections, getCamelContext().getExecutorServiceManager(), this, workerPool);
    }

    private ConnectionSettings connectionSettings() throws GeneralSecurityException, IOException {
        return new ConnectionSettings(
                userAgent(),
                Duration.ofMillis(connectTimeout),
                maxConnections,
                Duration.ofMillis(connectionTimeToLive),
                tls(),
                proxy());
    }

    private String userAgent() {
        if (userAgent != null) {
            return userAgent;
        }
        String version = SendTalkComponent.class.getPackage().getImplementationVersion();
        return "camel-sendtalk" + (version == null ? "" : "/" + version);
    }

    private @Nullable SSLContext tls() throws GeneralSecurityException, IOException {
        SSLContextParameters parameters =
                sslContextParameters != null ? sslContextParameters : retrieveGlobalSslContextParameters();
        return parameters == null ? null : parameters.createSSLContext(getCamelContext());
    }

    private @Nullable Proxy proxy() {
        return hasProxy()
                ? new Proxy("http", proxyHost, proxyPort, proxyUsername, proxyPassword)
                : ProxyLookup.find(getCamelContext(), BaseUrl.parse(baseUrl).getHost());
    }

    @Override
    protected void doStop() throws Exception {
        connections.close();
        SendTalkRuntime current = runtime;
        if (current != null) {
            current.close();
        }
        super.doStop();
    }

    @ManagedAttribute(description = "Exchanges that wait for an answer, or for a status")
    public int getInFlight() {
        SendTalkRuntime current = runtime;
        return current == null ? 0 : current.pendingExchanges().count();
    }

    @ManagedAttribute(description = "Messages that SendTalk took")
    public long getAccepted() {
        return endedCalls.sends(SendOutcome.accepted);
    }

    @ManagedAttribute(description = "Messages that SendTalk refused")
    public long getRefused() {
        return endedCalls.sends(SendOutcome.refused);
    }

    @ManagedAttribute(description = "Messages that never left")
    public long getFailed() {
        return endedCalls.sends(SendOutcome.failed);
    }

    @ManagedAttribute(description = "Messages that may have been sent, or not")
    public long getUnknown() {
        return endedCalls.sends(SendOutcome.unknown);
    }

    @ManagedAttribute(description = "Connections in use; -1 with a caller-supplied HTTP client")
    public int getConnectionsLeased() {
        return connections.leased();
    }

    @ManagedAttribute(description = "Calls that wait for a connection; -1 with a caller-supplied HTTP client")
    public int getConnectionsPending() {
        return connections.pending();
    }

    public SendTalkConfiguration getConfiguration() {
        return configuration;
    }

    /** The options that endpoints share with the component. */
    public void setConfiguration(SendTalkConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    /**
     * The URL of the API without the paths of its operations (/api/v1/…), https except for a server on this machine. A path
     * of a gateway's in front of them may be part of it. No endpoint has this option, so that no URI made of values from
     * outside can send the key elsewhere: for another URL, or for a second account, set up another component.
     */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /**
     * How long one attempt to connect may take, and how long TLS may. The option connectionRequestTimeout bounds the
     * attempt together with all else that a call waits for before its request is written. An attempt whose call has ended
     * goes on, for the next call, and keeps its place among maxConnections. 1 ms to 1 day.
     */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public int getMaxConnections() {
        return maxConnections;
    }

    /**
     * The most connections at a time, those included that are being opened, for all endpoints together. Further calls wait
     * for one as long as connectionRequestTimeout says, and are not sent if none comes free.
     */
    public void setMaxConnections(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    public long getConnectionTimeToLive() {
        return connectionTimeToLive;
    }

    /**
     * How long a connection is used again before a new one is made: 1 ms to 1 day. One that was idle for 50 seconds, or for as
     * long as the server says, is not used again either.
     */
    public void setConnectionTimeToLive(long connectionTimeToLive) {
        this.connectionTimeToLive = connectionTimeToLive;
    }

    public @Nullable String getUserAgent() {
        return userAgent;
    }

    /** The User-Agent header of requests; camel-sendtalk and its version by default. */
    public void setUserAgent(@Nullable String userAgent) {
        this.userAgent = userAgent;
    }

    public @Nullable SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /** The TLS settings, such as a trust store of one's own; the JVM's trusted authorities by default. */
    public void setSslContextParameters(@Nullable SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    /** Whether to use the TLS settings of the Camel context. */
    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public @Nullable String getProxyHost() {
        return proxyHost;
    }

    /**
     * The host of a forward proxy, a name without scheme and port. Without it, the proxy of the context's https or http
     * component is used, or the one of the context's global options http.proxyHost and http.proxyPort; but not for a baseUrl
     * that their nonProxyHosts name, or on this machine.
     */
    public void setProxyHost(@Nullable String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public @Nullable Integer getProxyPort() {
        return proxyPort;
    }

    /** The port of the forward proxy. */
    public void setProxyPort(@Nullable Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public @Nullable String getProxyUsername() {
        return proxyUsername;
    }

    /** The user name for a proxy that asks for basic authentication. */
    public void setProxyUsername(@Nullable String proxyUsername) {
        this.proxyUsername = proxyUsername;
    }

    public @Nullable String getProxyPassword() {
        return proxyPassword;
    }

    /** The password for a proxy that asks for basic authentication. */
    public void setProxyPassword(@Nullable String proxyPassword) {
        this.proxyPassword = proxyPassword;
    }

    public @Nullable HttpAsyncClient getHttpClient() {
        return httpClient;
    }

    /**
     * A started HttpClient 5 to use instead of one of our own. It is never closed; it brings its own connections, TLS and
     * proxy, and the options for those are not used. Let it not use a connection again that was idle for a minute.
     */
    public void setHttpClient(@Nullable HttpAsyncClient httpClient) {
        this.httpClient = httpClient;
    }

    public @Nullable ExecutorService getWorkerPool() {
        return workerPool;
    }

    /** The pool on which routes go on after an answer, instead of one of our own. It is never shut down. */
    public void setWorkerPool(@Nullable ExecutorService workerPool) {
        this.workerPool = workerPool;
    }
}
