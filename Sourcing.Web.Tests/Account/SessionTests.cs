using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.JSInterop;
using Npgsql;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Security;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Account;

public sealed class SessionTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    private readonly TestClock _clock = new();

    private Sessions Sessions => new(database.Sources, _clock);

    [Fact]
    public async Task A_revoked_session_is_refused_at_the_next_statement_of_an_open_transaction()
    {
        var user = await database.UserAsync(null, [Role.Buyer]);
        await using var connection = await database.Sources.For(DatabaseAccess.Internal).OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        await RunAsync(connection, $"select app.begin('{user.SessionToken}')");
        await RunAsync(connection, "select app.user_id()");
        await Sessions.EndAsync(user.SessionToken, _ct);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(connection, "select app.user_id()"));
        Assert.Equal("42501", fault.SqlState);
    }

    [Theory]
    [InlineData("forged")]
    [InlineData("")]
    [InlineData("expired")]
    [InlineData("revoked")]
    public async Task A_token_that_is_forged_expired_or_revoked_opens_nothing(string kind)
    {
        var user = await database.UserAsync(null, [Role.Buyer]);
        if (kind is "expired" or "revoked")
        {
            await database.SqlAsync($"update app.sessions set {(kind == "expired" ? "expires_at" : "revoked_at")} = now() - interval '1 second' where user_id = $1", user.Id);
        }

        var token = kind switch { "forged" => new string('a', 64), "" => "", _ => user.SessionToken };
        await using var connection = await database.Sources.For(DatabaseAccess.Internal).OpenConnectionAsync(_ct);
        await using var transaction = await connection.BeginTransactionAsync(_ct);
        var fault = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(connection, $"select app.begin('{token}')"));
        Assert.Equal("42501", fault.SqlState);
        Assert.False(await Sessions.IsAliveAsync(token, _ct));
    }

    [Fact]
    public async Task A_suppliers_token_is_of_no_use_on_the_inside_login_nor_the_other_way_round()
    {
        var buyer = await database.UserAsync(null, [Role.Buyer]);
        var portal = await database.UserAsync(Guid.CreateVersion7(), [Role.Supplier]);
        foreach (var (access, token) in new[] { (DatabaseAccess.Internal, portal.SessionToken), (DatabaseAccess.Supplier, buyer.SessionToken) })
        {
            await using var connection = await database.Sources.For(access).OpenConnectionAsync(_ct);
            await using var transaction = await connection.BeginTransactionAsync(_ct);
            var fault = await Assert.ThrowsAsync<PostgresException>(() => RunAsync(connection, $"select app.begin('{token}')"));
            Assert.Equal("42501", fault.SqlState);
        }
    }

    [Theory]
    [InlineData("internal")]
    [InlineData("supplier")]
    [InlineData("member")]
    [InlineData("jobs")]
    public async Task No_login_but_that_of_accounts_reads_sessions_or_passwords(string login)
    {
        foreach (var table in new[] { "app.sessions", "users", "user_tokens", "data_protection_keys" })
        {
            var may = await database.ScalarAsync<bool>("select has_any_column_privilege($1, $2, 'select')", DataSources.RoleName(login), table);
            Assert.False(may, $"{login} may read {table}.");
        }
    }

    [Theory]
    [InlineData("insert into user_roles (user_id, role_id) select $1, id from roles where name = 'Planner'")]
    [InlineData("delete from user_roles where user_id = $1")]
    [InlineData("update users set disabled_at = now() where id = $1")]
    [InlineData("update users set security_stamp = 'another' where id = $1")]
    public async Task Whatever_changes_somebodys_rights_ends_their_sessions(string change)
    {
        await database.UserAsync(null, [Role.Planner]);
        var user = await database.UserAsync(null, [Role.Buyer]);
        var other = await database.UserAsync(null, [Role.Buyer]);
        Assert.True(await Sessions.IsAliveAsync(user.SessionToken, _ct));
        await database.SqlAsync(change, user.Id);
        Assert.False(await Sessions.IsAliveAsync(user.SessionToken, _ct));
        Assert.True(await Sessions.IsAliveAsync(other.SessionToken, _ct));
        await using var scope = database.As(user);
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<Database>().ReadAsync((db, ct) => db.NowAsync(ct), _ct));
    }

    [Fact]
    public async Task Nobody_ends_a_session_of_somebody_else()
    {
        var (mine, theirs) = (await database.UserAsync(null, [Role.Buyer]), await database.UserAsync(null, [Role.Buyer]));
        var session = (await Sessions.ListAsync(theirs.Id, theirs.SessionToken, _ct)).Single();
        Assert.True(session.IsThis);
        await Sessions.EndAsync(mine.Id, session.Id, _ct);
        Assert.True(await Sessions.IsAliveAsync(theirs.SessionToken, _ct));
        await Sessions.EndAsync(theirs.Id, session.Id, _ct);
        Assert.False(await Sessions.IsAliveAsync(theirs.SessionToken, _ct));
    }

    [Fact]
    public async Task An_event_on_a_page_whose_session_has_ended_does_not_run_and_leads_back_after_sign_in()
    {
        var user = await database.UserAsync(null, [Role.Buyer]);
        var sessions = Sessions;
        var (circuit, browser, current) = Circuit(user, sessions);
        await circuit.OnCircuitOpenedAsync(null!, _ct);
        Assert.Equal(user.Id, current.Id);
        var ran = 0;
        var inner = circuit.CreateInboundActivityHandler(_ => { ran++; return Task.CompletedTask; });
        Task HandleAsync() => EventAsync(user, sessions, () => inner(null!));
        await HandleAsync();
        Assert.Equal(1, ran);

        await Sessions.EndAsync(user.SessionToken, _ct);
        _clock.Advance(Sessions.Freshness);
        await HandleAsync();
        await HandleAsync();
        Assert.Equal(1, ran);
        Assert.Equal(["sourcing.leave /account/sign-in?returnUrl=%2Frfqs%3Fq%3Dyarn"], browser.Calls);
    }

    [Fact]
    public async Task A_page_whose_own_script_is_not_there_yet_is_led_to_sign_in_all_the_same_and_once()
    {
        var user = await database.UserAsync(null, [Role.Buyer]);
        var (browser, address) = (new Browser { Fault = new JSException("Could not find 'sourcing.leave'.") }, new Address());
        var circuit = new CircuitSession(new State(Principal(user)), new CurrentUser(), Check(Sessions), new(), address, browser, NullLogger<CircuitSession>.Instance);
        await circuit.EndAsync();
        await circuit.EndAsync();
        Assert.Equal(["/account/sign-in?returnUrl=%2Frfqs%3Fq%3Dyarn"], address.Loaded);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_signs_nobody_out()
    {
        var user = await database.UserAsync(null, [Role.Buyer]);
        await using var gone = new DataSources("Host=127.0.0.1;Port=1;Username=nobody;Database=nothing");
        var sessions = new Sessions(gone, TimeProvider.System);
        var (circuit, browser, _) = Circuit(user, sessions);
        await circuit.OnCircuitOpenedAsync(null!, _ct);
        var ran = false;
        await EventAsync(user, sessions, () => circuit.CreateInboundActivityHandler(_ => { ran = true; return Task.CompletedTask; })(null!));
        Assert.True(ran);
        Assert.Empty(browser.Calls);
    }

    [Fact]
    public void A_ninth_page_of_one_person_is_one_too_many()
    {
        var pages = new OpenPages();
        var (one, two) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Assert.All(Enumerable.Range(0, OpenPages.Most), i => Assert.True(pages.TryAdd(one, $"{i}")));
        Assert.False(pages.TryAdd(one, "ninth"));
        Assert.True(pages.TryAdd(two, "first"));
        pages.Remove(one, "ninth");
        pages.Remove(one, "0");
        Assert.True(pages.TryAdd(one, "another"));
    }

    [Fact]
    public async Task A_personal_link_opens_its_rfq_until_it_is_revoked_and_tells_a_guesser_nothing()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        await Make.OpenRfqAsync(database, suppliers: 1);
        Assert.Null(await Sessions.OpenLinkAsync("guessed", "test", _ct));
        var link = await Sessions.OpenLinkAsync(rfq.Tokens[0], "test", _ct);
        Assert.NotNull(link);
        Assert.Equal((rfq.Suppliers[0], rfq.Id), (link.SupplierId, link.RfqId));

        var identity = Principals.OfLink(link.InvitationId, link.Name, link.SupplierId, link.RfqId, link.TimeZone, link.Token).ToIdentity();
        Assert.Equal(DatabaseAccess.Supplier, identity.Access);
        Assert.Equal([Role.Supplier], identity.Roles);
        await using (var scope = database.As(identity))
        {
            var seen = await scope.Get<Database>().ReadAsync((db, ct) => db.Rfqs.Select(r => r.Id).ToListAsync(ct), _ct);
            Assert.Equal([rfq.Id], seen);
        }

        await database.SqlAsync("update rfq_invitations set link_revoked_at = now() where id = $1", link.InvitationId);
        Assert.False(await Sessions.IsAliveAsync(link.Token, _ct));
        Assert.Null(await Sessions.OpenLinkAsync(rfq.Tokens[0], "test", _ct));
        Assert.NotNull(await Sessions.OpenLinkAsync(rfq.Tokens[1], "test", _ct));
    }

    [Fact]
    public async Task A_personal_link_is_over_thirty_days_after_the_deadline()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await database.SqlAsync("update rfqs set issued_at = now() - interval '60 days', deadline = now() - interval '31 days' where id = $1", rfq.Id);
        Assert.Null(await Sessions.OpenLinkAsync(rfq.Tokens[0], "test", _ct));
    }

    private static (CircuitSession Circuit, Browser Browser, CurrentUser Current) Circuit(UserIdentity user, Sessions sessions)
    {
        var (browser, current) = (new Browser(), new CurrentUser());
        return (new(new State(Principal(user)), current, Check(sessions), new(), new Address(), browser, NullLogger<CircuitSession>.Instance), browser, current);
    }

    private static SessionCheck Check(Sessions sessions) => new(sessions, NullLogger<SessionCheck>.Instance);

    private static ClaimsPrincipal Principal(UserIdentity user) => new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, user.Id.ToString()), new(Principals.Session, user.SessionToken), new(ClaimTypes.Role, "Buyer")], "test"));

    // As an event of the browser comes: past the check, then into the circuit.
    private static async Task EventAsync(UserIdentity user, Sessions sessions, Func<Task> handle)
    {
        using var hub = new PageHub();
        var context = new HubInvocationContext(new Caller(Principal(user)), new ServiceCollection().BuildServiceProvider(), hub, typeof(PageHub).GetMethod(nameof(PageHub.BeginInvokeDotNetFromJS))!, []);
        await Check(sessions).InvokeMethodAsync(context, async _ =>
        {
            await handle();
            return null;
        });
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed class State(ClaimsPrincipal principal) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(principal));
    }

    private sealed class PageHub : Hub
    {
        public void BeginInvokeDotNetFromJS() => throw new NotSupportedException();
    }

    private sealed class Caller(ClaimsPrincipal user) : HubCallerContext
    {
        public override string ConnectionId => "one";

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal? User => user;

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort() => throw new NotSupportedException();
    }

    private sealed class Address : NavigationManager
    {
        public Address() => Initialize("https://localhost/", "https://localhost/rfqs?q=yarn");

        /// <summary>Where it went with a full load.</summary>
        public List<string> Loaded { get; } = [];

        protected override void NavigateToCore(string uri, NavigationOptions options)
        {
            Assert.True(options.ForceLoad);
            Loaded.Add(uri);
        }
    }

    private sealed class Browser : IJSRuntime
    {
        public List<string> Calls { get; } = [];

        /// <summary>What every call ends with; null for none.</summary>
        public Exception? Fault { get; init; }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, default, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            Calls.Add($"{identifier} {string.Join(' ', args ?? [])}");
            return Fault is null ? default : ValueTask.FromException<TValue>(Fault);
        }
    }
}
