package dev.athanor.scale;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;

/// The classes of a job stay in a worker's memory for as long as the JDK's list of database drivers names one
/// of them: a worker that lives long would run full.
final class Drivers {
    private Drivers() {}

    /// Takes the job's drivers off the list when the job is done.
    static void releaseAfter(RuntimeContext context) {
        if (Drivers.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
            context.registerUserCodeClassLoaderReleaseHookIfAbsent("database drivers", Drivers::release);
        }
    }

    private static void release() {
        List<Driver> ours = DriverManager.drivers()
                .filter(driver -> driver.getClass().getClassLoader() == Drivers.class.getClassLoader())
                .toList();
        for (Driver driver : ours) {
            try {
                DriverManager.deregisterDriver(driver);
            } catch (SQLException refused) {
                throw new IllegalStateException(refused);
            }
        }
    }
}
