using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Sourcing.Data.Common;

namespace Sourcing.Data.Embedded;

/// <summary>
/// A PostgreSQL server of our own, on a unix socket alone, for development and tests. It ends with this process, also when
/// that is killed: the server runs under a shell that waits on a pipe from here.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private const string SuperUser = "postgres";

    private readonly Process _watcher;

    private PrivateCluster(Process watcher, string socket) => (_watcher, Socket) = (watcher, socket);

    /// <summary>The directory of the socket; short, because such addresses are limited to 107 bytes.</summary>
    public string Socket { get; }

    /// <summary>The connection string of the server's own login for one database.</summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder { Host = Socket, Username = SuperUser, Database = database }.ConnectionString;

    /// <summary>Starts a server that keeps its data, making it on the first start. A server that already runs on the data is used as it is.</summary>
    /// <param name="data">The data's directory.</param>
    public static async Task<PrivateCluster> StartKeptAsync(string data, CancellationToken ct)
    {
        var socket = Path.Combine(Path.GetTempPath(), "sourcing-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(data))))[..10]);
        return await StartAsync(ReachableBy(data), socket, keep: true, ct);
    }

    /// <summary>Starts a server for one test run, without any care for its data, which goes when it ends.</summary>
    public static async Task<PrivateCluster> StartThrowAwayAsync(CancellationToken ct)
    {
        var root = Path.Combine(Path.GetTempPath(), "sourcing-" + Guid.CreateVersion7().ToString("N")[20..]);
        return await StartAsync(Path.Combine(root, "data"), root, keep: false, ct);
    }

    /// <summary>Makes a database if it is not there.</summary>
    public async Task EnsureDatabaseAsync(string name, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var exists = source.CreateCommand("select 1 from pg_database where datname = $1");
        exists.Parameters.Add(new() { Value = name });
        if (await exists.ExecuteScalarAsync(ct) is null)
        {
            await using var create = source.CreateCommand($"create database \"{name}\"");
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>The directory of the newest server programs of version 15 or later on this machine.</summary>
    /// <exception cref="RefusedException">There are none.</exception>
    public static string Binaries()
    {
        var candidates = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => (Path: Path.Combine(d, "bin"), Version: int.TryParse(Path.GetFileName(d), out var v) ? v : 0))
            : [];
        var found = candidates.Where(c => c.Version >= Migrator.OldestServer / 10000 && File.Exists(Path.Combine(c.Path, "initdb"))).OrderByDescending(c => c.Version).FirstOrDefault();
        return found.Path
            ?? Environment.GetEnvironmentVariable("PATH")!.Split(':').FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")) && File.Exists(Path.Combine(d, "postgres")))
            ?? throw new RefusedException("No PostgreSQL 15 or newer is on this machine. Start with ./run, which installs it, or set ConnectionStrings__Sourcing to a server of yours.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_watcher.HasExited)
        {
            _watcher.StandardInput.Close();
            await _watcher.WaitForExitAsync();
        }

        _watcher.Dispose();
    }

    private static async Task<PrivateCluster> StartAsync(string data, string socket, bool keep, CancellationToken ct)
    {
        var binaries = Binaries();
        Directory.CreateDirectory(socket);
        Directory.CreateDirectory(data);
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", ["-R", "postgres:postgres", data, socket], ct);
        }

        if (!File.Exists(Path.Combine(data, "PG_VERSION")))
        {
            await RunAsync(Path.Combine(binaries, "initdb"), ["-D", data, "-U", SuperUser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], ct, asPostgres: true);
        }

        string[] settings = keep
            ? ["max_connections=200", "shared_buffers=256MB", "jit=off", "shared_preload_libraries=pg_stat_statements"]
            : ["max_connections=300", "shared_buffers=256MB", "jit=off", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"];
        string[] server = [.. AsPostgres(), Path.Combine(binaries, "postgres"), "-D", data, "-k", socket, "-h", "", .. settings.SelectMany(s => new[] { "-c", s })];
        var watch = keep
            ? "\"$@\" & p=$!; cat >/dev/null; kill -INT $p; wait $p"
            : "r=$1; shift; \"$@\" & p=$!; cat >/dev/null; kill -QUIT $p; wait $p; rm -rf \"$r\"";
        var start = new ProcessStartInfo("/bin/sh") { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        foreach (var argument in (string[])["-c", watch, "pgwatch", .. keep ? Array.Empty<string>() : [socket], .. server])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var log = new StringBuilder();
        void Collect(object _, DataReceivedEventArgs line)
        {
            lock (log)
            {
                if (log.Length < 20_000)
                {
                    log.AppendLine(line.Data);
                }
            }
        }

        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var cluster = new PrivateCluster(process, socket);
        await cluster.WaitUntilReadyAsync(log, ct);
        return cluster;
    }

    private async Task WaitUntilReadyAsync(StringBuilder log, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres") + ";Timeout=2;Pooling=false");
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(ct);
                return;
            }
            catch (NpgsqlException) when (attempt < 300)
            {
                await Task.Delay(50, ct);
            }
            catch (NpgsqlException fault)
            {
                lock (log)
                {
                    throw new RefusedException($"The private database did not start. It says: {log}", fault);
                }
            }
        }
    }

    // A directory under the home of root cannot be reached by the server's own user; its data then lives under /var/lib.
    private static string ReachableBy(string data)
    {
        var full = Path.GetFullPath(data);
        if (Environment.UserName != "root")
        {
            return full;
        }

        for (var directory = Path.GetDirectoryName(full); directory is not null; directory = Path.GetDirectoryName(directory))
        {
            if (Directory.Exists(directory) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(directory) & UnixFileMode.OtherExecute) == 0)
            {
                return Path.Combine("/var/lib", "sourcing-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(full)))[..10]);
            }
        }

        return full;
    }

    private static string[] AsPostgres() =>
        Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"] : [];

    private static async Task RunAsync(string program, string[] arguments, CancellationToken ct, bool asPostgres = false)
    {
        string[] all = [.. asPostgres ? AsPostgres() : [], program, .. arguments];
        var start = new ProcessStartInfo(all[0]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = "/" };
        foreach (var argument in all[1..])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = await process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0)
        {
            throw new RefusedException($"{Path.GetFileName(program)} failed: {errors} {await output}");
        }
    }
}
