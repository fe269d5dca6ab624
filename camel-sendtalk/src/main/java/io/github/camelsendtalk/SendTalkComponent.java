package io.github.camelsendtalk;

import io.github.camelsendtalk.client.ConnectionSettings;
import io.github.camelsendtalk.client.SendTalkClient;
import io.github.camelsendtalk.client.SendTalkConnections;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.ExecutorServiceManager;
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

/** Owns what the endpoints share, the connections and the workers, and closes what it made. */
@ManagedResource(description = "Managed SendTalk component")
@Component("sendtalk")
public class SendTalkComponent extends HealthCheckComponent implements SSLContextParametersAware {

    private static final Logger LOG = LoggerFactory.getLogger(SendTalkComponent.class);

    /** A name, or an IPv6 address with its many colons. */
    private static final Pattern HOST = Pattern.compile("[^\\s/:@?#]+|\\[?[0-9a-fA-F]*:[0-9a-fA-F]*:[^\\s/@?#]*");

    private final SendTalkConnections connections = new SendTalkConnections();
    private final SendTalkHealthChecks healthChecks = new SendTalkHealthChecks(this);
    private final SendCounts sendCounts = new SendCounts();
    private @Nullable ExecutorService ownPool;
    private volatile @Nullable Executor callbackExecutor;
    private volatile @Nullable PendingExchanges pendingExchanges;

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
        SendTalkOperation operation = SendTalkOperation.ofUri(uri);
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
        checkKey(own, StringHelper.before(uri, ":"));
        own.check();
        if (operation == SendTalkOperation.send) {
            checkPhone(own);
        }
        return endpoint;
    }

    /** That of the component counts where the URI says nothing. */
    private void checkPhone(SendTalkConfiguration own) {
        String phone = own.getPhone() != null ? own.getPhone() : configuration.getPhone();
        if (phone != null) {
            try {
                new PhoneReader(own.getPhone() != null ? own.getPhoneRegion() : regionOfPhone(own)).read(phone);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "The phone number in the option phone %s.".formatted(e.getMessage()));
            }
        }
    }

    /** The component's phone is read by the component's region, and by that of the endpoint only where it has none. */
    @Nullable
    String regionOfPhone(SendTalkConfiguration endpoint) {
        String region = configuration.getPhoneRegion();
        return region != null && !region.isBlank() ? region : endpoint.getPhoneRegion();
    }

    private void checkKey(SendTalkConfiguration configuration, String name) {
        if (configuration.getApiKey() == null || configuration.getApiKey().isBlank()) {
            throw new IllegalArgumentException(
                    "The option apiKey is missing: set %s (for all endpoints), or the endpoint's option apiKey."
                            .formatted(placeOfKey(name)));
        }
    }

    /** Where the runtime at hand is told the key; its context's class is all that tells them apart. */
    private String placeOfKey(String name) {
        if (!name.equals(getDefaultName())) {
            return "the apiKey of the component " + name;
        }
        String runtime = getCamelContext().getClass().getName();
        if (runtime.startsWith("org.apache.camel.spring.boot.")) {
            return "camel.component.sendtalk.api-key=${SENDTALK_API_KEY} in Spring Boot's application.properties, with"
                    + " camel-sendtalk-starter as a dependency";
        }
        if (runtime.startsWith("org.apache.camel.quarkus.")) {
            return "camel.component.sendtalk.api-key=${SENDTALK_API_KEY} in Quarkus' application.properties, and that"
                    + " variable";
        }
        return "camel.component.sendtalk.api-key={{env:SENDTALK_API_KEY}} in application.properties";
    }

    private static void warnOfOpenKey(URI baseUrl) {
        if ("http".equalsIgnoreCase(baseUrl.getScheme()) && !isLoopback(baseUrl.getHost())) {
            LOG.warn("The option baseUrl is {}: the API key travels unencrypted. Use https.", baseUrl);
        }
    }

    static boolean isLoopback(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return true;
        }
        try {
            return host.matches("[\\d.]+|\\[.*]") && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    URI baseUri() {
        return BaseUrl.parse(baseUrl);
    }

    SendTalkClient createClient(SendTalkConfiguration settings) {
        return createClient(
                settings,
                Duration.ofMillis(settings.getConnectionRequestTimeout()),
                Duration.ofMillis(settings.getRequestTimeout()));
    }

    SendTalkClient createClient(
            SendTalkConfiguration settings, Duration connectionRequestTimeout, Duration requestTimeout) {
        String apiKey = Objects.requireNonNull(settings.getApiKey());
        KnownKeys.of(getCamelContext()).add(apiKey);
        return connections.client(baseUri(), apiKey, connectionRequestTimeout, requestTimeout);
    }

    private String userAgent() {
        if (userAgent != null) {
            return userAgent;
        }
        String version = SendTalkComponent.class.getPackage().getImplementationVersion();
        return "camel-sendtalk" + (version == null ? "" : "/" + version);
    }

    /** Runs a task later on a worker. */
    Future<?> schedule(Runnable task, Duration delay) {
        Executor current = running(callbackExecutor);
        return connections.schedule(() -> current.execute(task), delay);
    }

    PendingExchanges pendingExchanges() {
        return running(pendingExchanges);
    }

    private static <T> T running(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("The sendtalk component is not started");
        }
        return part;
    }

    SendCounts sendCounts() {
        return sendCounts;
    }

    SendTalkHealthChecks healthChecks() {
        return healthChecks;
    }

    private void checkOptions() {
        warnOfOpenKey(baseUri());
        configuration.check();
        SendTalkConfiguration.atLeast("maxConnections", maxConnections, 1);
        SendTalkConfiguration.checkTime("connectTimeout", connectTimeout, 1);
        SendTalkConfiguration.checkTime("connectionTimeToLive", connectionTimeToLive, 1);
        if (userAgent != null && !userAgent.matches("[\\x20-\\x7e]*[\\x21-\\x7e][\\x20-\\x7e]*")) {
            throw new IllegalArgumentException(
                    "The option userAgent is blank or holds a line break or another character that no header may hold.");
        }
        if (proxyHost != null && !proxyHost.isBlank()) {
            checkProxy(proxyHost, proxyPort);
        }
        if (httpClient != null && !SendTalkConnections.isStarted(httpClient)) {
            throw new IllegalArgumentException(
                    "The option httpClient is a client that was never started, or is closed: call its start() before the context starts.");
        }
        if (workerPool instanceof ThreadPoolExecutor pool && drops(pool)) {
            throw new IllegalArgumentException(
                    "The option workerPool has a policy that drops tasks, which would leave exchanges open: use AbortPolicy.");
        }
    }

    private static void checkProxy(String host, @Nullable Integer port) {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "The option proxyHost is '%s': use the name of the host alone, such as proxy.example, and the option proxyPort for its port."
                            .formatted(BaseUrl.withoutSecrets(host)));
        }
        if (port == null || port < 1 || port > 65535) {
            throw new IllegalArgumentException(
                    "The option proxyPort is %s: use a port from 1 to 65535 beside proxyHost.".formatted(port));
        }
    }

    private static boolean drops(ThreadPoolExecutor pool) {
        return pool.getRejectedExecutionHandler() instanceof ThreadPoolExecutor.DiscardPolicy
                || pool.getRejectedExecutionHandler() instanceof ThreadPoolExecutor.DiscardOldestPolicy;
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
            KnownKeys.of(getCamelContext()).add(configuration.getApiKey());
        }
        callbackExecutor = createCallbackExecutor();
        pendingExchanges = new PendingExchanges(callbackExecutor);
    }

    private ConnectionSettings connectionSettings() throws GeneralSecurityException, IOException {
        return new ConnectionSettings(
                userAgent(),
                Duration.ofMillis(connectTimeout),
                maxConnections,
                Duration.ofMillis(connectionTimeToLive),
                tls(),
                ContextProxy.find(this));
    }

    private @Nullable SSLContext tls() throws GeneralSecurityException, IOException {
        SSLContextParameters parameters =
                sslContextParameters != null ? sslContextParameters : retrieveGlobalSslContextParameters();
        return parameters == null ? null : parameters.createSSLContext(getCamelContext());
    }

    private Executor createCallbackExecutor() {
        ExecutorServiceManager threads = getCamelContext().getExecutorServiceManager();
        Executor newThreads =
                step -> threads.newThread("SendTalkOverflow", step).start();
        if (workerPool != null) {
            return new CallerSuppliedPool(workerPool, newThreads, connections::schedule);
        }
        ownPool = threads.newCachedThreadPool(this, "SendTalkWorker");
        return new CallbackExecutor(ownPool, newThreads);
    }

    @Override
    protected void doStop() throws Exception {
        connections.close();
        if (ownPool != null) {
            getCamelContext().getExecutorServiceManager().shutdownGraceful(ownPool);
            ownPool = null;
        }
        PendingExchanges left = pendingExchanges;
        if (left != null) {
            left.close();
        }
        super.doStop();
    }

    @ManagedAttribute(description = "Exchanges that wait for an answer, or for a status")
    public int getInFlight() {
        PendingExchanges current = pendingExchanges;
        return current == null ? 0 : current.count();
    }

    @ManagedAttribute(description = "Messages that SendTalk took")
    public long getAccepted() {
        return sendCounts.accepted();
    }

    @ManagedAttribute(description = "Messages that SendTalk refused")
    public long getRefused() {
        return sendCounts.refused();
    }

    @ManagedAttribute(description = "Messages that never left")
    public long getFailed() {
        return sendCounts.failed();
    }

    @ManagedAttribute(description = "Messages that may have been sent, or not")
    public long getUnknown() {
        return sendCounts.unknown();
    }

    @ManagedAttribute(description = "Connections in use; -1 with an HTTP client of the user's")
    public int getConnectionsLeased() {
        return connections.leased();
    }

    @ManagedAttribute(description = "Calls that wait for a connection; -1 with an HTTP client of the user's")
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
