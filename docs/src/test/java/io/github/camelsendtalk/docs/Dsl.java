package io.github.camelsendtalk.docs;

import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;

/** The languages that the examples are written in. */
enum Dsl {
    JAVA {
        @Override
        void add(Example example, CamelContext context) throws Exception {
            context.addRoutes(example.java());
        }
    },
    YAML {
        @Override
        void add(Example example, CamelContext context) throws Exception {
            load(example.resource("yaml"), context);
        }
    },
    XML {
        @Override
        void add(Example example, CamelContext context) throws Exception {
            load(example.resource("xml"), context);
        }
    };

    abstract void add(Example example, CamelContext context) throws Exception;

    private static void load(String resource, CamelContext context) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource(resource));
    }
}
