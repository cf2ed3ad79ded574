using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Embedded;

namespace Sourcing.Web;

/// <summary>Which database the app works on, and whether it may start on it.</summary>
internal static class DatabaseStart
{
    /// <summary>The configured server, or in development a private one beside the sources.</summary>
    public static async Task<(string Server, PrivateCluster? Cluster)> FindAsync(WebApplicationBuilder builder, CancellationToken ct)
    {
        if (builder.Configuration.GetConnectionString("Sourcing") is { Length: > 0 } server)
        {
            try
            {
                return (new NpgsqlConnectionStringBuilder(server).ConnectionString, null);
            }
            catch (ArgumentException fault)
            {
                throw new RefusedException($"ConnectionStrings__Sourcing cannot be read: {fault.Message} Write it like Host=…;Database=…;Username=…;Password=….", fault);
            }
        }

        if (!builder.Environment.IsDevelopment())
        {
            throw new RefusedException("No database is set. Set ConnectionStrings__Sourcing to a PostgreSQL server.");
        }

        var cluster = await PrivateCluster.StartKeptAsync(Path.Combine(builder.Environment.ContentRootPath, "..", ".pgdata"), ct);
        await cluster.EnsureDatabaseAsync("sourcing", ct);
        return (cluster.ConnectionString("sourcing"), cluster);
    }

    private static bool IsAway(Exception fault) => fault is System.Net.Sockets.SocketException or TimeoutException
        || DatabaseFaults.WorthRepeating(fault)
        || (fault is NpgsqlException && fault is not PostgresException { SqlState: not ("28P01" or "28000" or "3D000") });

    /// <summary>Brings the database up to date where that is wanted; else refuses one that is not.</summary>
    public static async Task PrepareAsync(DataSources sources, bool migrate, CancellationToken ct)
    {
        try
        {
            if (migrate)
            {
                await Migrator.MigrateAsync(sources, ct);
            }
            else
            {
                await Migrator.DemandCurrentAsync(sources, ct);
            }
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new RefusedException(
                $"The login {new NpgsqlConnectionStringBuilder(sources.Server).Username} of ConnectionStrings__Sourcing may not make Sourcing's logins and schema: {fault.MessageText}. Use one that may create roles.", fault);
        }
        catch (Exception fault) when (IsAway(fault))
        {
            throw new RefusedException(
                $"The database server {new NpgsqlConnectionStringBuilder(sources.Server).Host} cannot be used: {fault.Message.ReplaceLineEndings(" ")}. Check ConnectionStrings__Sourcing and that the server runs.",
                fault);
        }
    }
}
