using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Sourcing.Benchmarks;

/// <summary>Time that passed, and time that cores worked: here and in the server. On a machine that others use too the latter tells more.</summary>
internal readonly record struct Cost(TimeSpan Time, TimeSpan Here, TimeSpan Server)
{
    public TimeSpan Cores => Here + Server;

    public static Cost operator +(Cost a, Cost b) => new(a.Time + b.Time, a.Here + b.Here, a.Server + b.Server);

    public static Cost operator -(Cost a, Cost b) => new(a.Time - b.Time, a.Here - b.Here, a.Server - b.Server);
}

/// <summary>Measures from its making on.</summary>
internal sealed class Meter(int server)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TimeSpan _here = Process.GetCurrentProcess().TotalProcessorTime;
    private readonly TimeSpan _server = ServerTime(server);

    public static async Task<Meter> StartAsync(Sandbox sandbox)
    {
        await using var source = NpgsqlDataSource.Create(sandbox.Sources.Server);
        await using var command = source.CreateCommand("select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::int");
        return new((int)(await command.ExecuteScalarAsync())!);
    }

    public Cost Read() => new(_clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime - _here, ServerTime(server) - _server);

    // User and system time of the server's processes and of those that have ended, in hundredths of a second.
    private static TimeSpan ServerTime(int server)
    {
        if (!File.Exists($"/proc/{server}/stat"))
        {
            return TimeSpan.Zero;
        }

        var children = File.ReadAllText($"/proc/{server}/task/{server}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return TimeSpan.FromMilliseconds(10 * (Ticks($"{server}", ended: true) + children.Sum(c => Ticks(c, ended: false))));
    }

    private static long Ticks(string process, bool ended)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ');
            return fields[11..(ended ? 15 : 13)].Sum(f => long.Parse(f, CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
