import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * Two OpenSearch nodes on free loopback ports, alive while the standard input is open.
 *
 * <p>Takes a folder for its data; writes the two HTTP ports there, in a file named `ports`, once the cluster is green.
 */
public class Grappe {
    private static final int NODES = 2;

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int[] ports = freePorts(2 * NODES);
        OpenSearchRunner runner = new OpenSearchRunner();
        runner.onBuild((number, settings) -> {
            settings.put("network.host", "127.0.0.1");
            settings.put("http.port", ports[number - 1]);
            settings.put("transport.port", ports[NODES + number - 1]);
            settings.putList("discovery.seed_hosts", "127.0.0.1:" + ports[NODES], "127.0.0.1:" + ports[NODES + 1]);
            settings.putList("cluster.initial_cluster_manager_nodes", "Node 1");
            // A small machine with a nearly full disk still runs the tests.
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
        });
        runner.build(OpenSearchRunner.newConfigs().basePath(folder.toString()).clusterName("essais").numOfNode(NODES));
        runner.ensureGreen();
        Path ready = Files.writeString(folder.resolve("ports.tmp"), ports[0] + " " + ports[1] + "\n");
        Files.move(ready, folder.resolve("ports"));
        while (System.in.read() != -1) {
            // Whoever started the cluster is still there.
        }
        runner.close();
        System.exit(0);
    }

    /** All taken at once, so that no two are the same. */
    private static int[] freePorts(int number) throws Exception {
        ServerSocket[] sockets = new ServerSocket[number];
        int[] ports = new int[number];
        for (int i = 0; i < number; i++) {
            sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            ports[i] = sockets[i].getLocalPort();
        }
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }
}
