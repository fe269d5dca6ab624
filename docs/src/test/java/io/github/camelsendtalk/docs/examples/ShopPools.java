package io.github.camelsendtalk.docs.examples;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelConfiguration;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;

/** Gives the component an HTTP client and workers of the user's. */
public class ShopPools implements CamelConfiguration {

    // tag::beans[]
    @BindToRegistry
    public CloseableHttpAsyncClient shopHttpClient() {
        CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();
        client.start();
        return client;
    }

    @BindToRegistry
    public ExecutorService shopWorkers() {
        return Executors.newFixedThreadPool(16);
    }
    // end::beans[]
}
