using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Sourcing.Data.Common;

/// <summary>One pool of connections per database login. Which one a statement goes through is decided by who is signed in.</summary>
public sealed class DataSources : IAsyncDisposable
{
    /// <summary>The logins, without the prefix that they share.</summary>
    public static readonly IReadOnlyList<string> Logins = ["internal", "supplier", "member", "rep", "chapter", "auth", "jobs", "reporting", "migrator"];

    private readonly Dictionary<string, NpgsqlDataSource> _sources = [];

    /// <param name="server">Connection string of the login that may create roles; its user and password are replaced for each login.</param>
    public DataSources(string server)
    {
        Server = server;
        foreach (var login in Logins)
        {
            _sources[login] = Build(login);
        }
    }

    /// <summary>The connection string that the others derive from.</summary>
    public string Server { get; }

    /// <summary>The pool for people with this access; none exists for nobody.</summary>
    public NpgsqlDataSource For(DatabaseAccess access) => access switch
    {
        DatabaseAccess.Internal => _sources["internal"],
        DatabaseAccess.Supplier => _sources["supplier"],
        DatabaseAccess.Member => _sources["member"],
        DatabaseAccess.Rep => _sources["rep"],
        DatabaseAccess.Chapter => _sources["chapter"],
        _ => throw new RefusedException("You are not signed in. Sign in and try again."),
    };

    /// <summary>Accounts and sessions only.</summary>
    public NpgsqlDataSource Auth => _sources["auth"];

    /// <summary>Schema changes; the only login that may pass row-level security.</summary>
    public NpgsqlDataSource Migrator => _sources["migrator"];

    /// <summary>The job queue and its own tables only.</summary>
    public NpgsqlDataSource Jobs => _sources["jobs"];

    /// <summary>Read-only.</summary>
    public NpgsqlDataSource Reporting => _sources["reporting"];

    /// <summary>The database role behind a login.</summary>
    public static string RoleName(string login) => "sourcing_" + login;

    /// <summary>The password of a login, derived from the server's own, so that no second secret has to be kept; empty where the server asks for none.</summary>
    public static string PasswordOf(string server, string login)
    {
        var password = new NpgsqlConnectionStringBuilder(server).Password;
        return string.IsNullOrEmpty(password)
            ? ""
            : Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(RoleName(login))));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var source in _sources.Values)
        {
            await source.DisposeAsync();
        }
    }

    private NpgsqlDataSource Build(string login)
    {
        var password = PasswordOf(Server, login);
        var settings = new NpgsqlConnectionStringBuilder(Server)
        {
            Username = RoleName(login),
            Password = password.Length == 0 ? null : password,
            ApplicationName = "sourcing-" + login,
            MaxPoolSize = 20,
            Timeout = login == "migrator" ? 60 : 5,
            CommandTimeout = login == "migrator" ? 300 : 20,
        };
        if (login == "jobs")
        {
            settings.SearchPath = "jobs";
        }

        if (login != "migrator")
        {
            settings.Options = "-c statement_timeout=15s -c idle_in_transaction_session_timeout=30s";
        }

        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
