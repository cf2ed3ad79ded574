using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Embedded;
using Sourcing.Web.Tests.Support;

[assembly: AssemblyFixture(typeof(Postgres))]

namespace Sourcing.Web.Tests.Support;

/// <summary>One real server for the whole run, with one template that every test class clones.</summary>
public sealed class Postgres : IAsyncLifetime
{
    private const string Template = "sourcing_template";

    private static int _count;
    private PrivateCluster _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await PrivateCluster.StartThrowAwayAsync(CancellationToken.None);
        await _cluster.EnsureDatabaseAsync(Template, CancellationToken.None);
        await using (var sources = new DataSources(_cluster.ConnectionString(Template) + ";Pooling=false"))
        {
            await Migrator.CreateFromModelAsync(sources, CancellationToken.None);
        }

        await RunAsync($"alter database {Template} with is_template true allow_connections false");
    }

    /// <summary>A fresh copy of the schema.</summary>
    public async Task<DataSources> CloneAsync()
    {
        var name = $"t{Interlocked.Increment(ref _count)}";
        await RunAsync($"create database {name} template {Template} strategy file_copy");
        return new(_cluster.ConnectionString(name) + ";Maximum Pool Size=10");
    }

    /// <summary>An empty database without any schema, for what makes one.</summary>
    public async Task<DataSources> EmptyAsync()
    {
        var name = $"t{Interlocked.Increment(ref _count)}";
        await RunAsync($"create database {name}");
        return new(_cluster.ConnectionString(name) + ";Maximum Pool Size=10");
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private async Task RunAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_cluster.ConnectionString("postgres"));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
