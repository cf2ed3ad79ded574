using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Portal;

/// <summary>What a personal link opens, from its token to a submitted quote.</summary>
public sealed class PersonalLinkTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_of_an_invitation_submits_a_quote_without_an_account()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2);
        var link = await OpenAsync(rfq.Tokens[1]);
        Assert.Equal((rfq.Id, rfq.Suppliers[1]), (link!.RfqId, link.SupplierId));
        var made = await Make.SubmittedQuoteAsync(database, rfq, supplier: 1, as_: Identity(link));
        Assert.Equal("link", await database.ScalarAsync<string>("select channel from quotes where id = $1", made.Id));
        Assert.Equal(link.InvitationId, await database.ScalarAsync<Guid>("select submitted_by from quotes where id = $1", made.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("' or true --")]
    public async Task A_guessed_token_opens_nothing(string token) => Assert.Null(await OpenAsync(token));

    [Fact]
    public async Task The_stored_hash_is_no_token()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        Assert.Null(await OpenAsync(RfqInvitation.HashOf(rfq.Tokens[0])));
    }

    [Fact]
    public async Task An_expired_link_opens_nothing()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await database.SqlAsync("update rfqs set deadline = now() - interval '30 days 1 minute' where id = $1", rfq.Id);
        Assert.Null(await OpenAsync(rfq.Tokens[0]));
    }

    [Fact]
    public async Task A_revoked_link_opens_nothing_and_what_it_had_opened_ends()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var link = await OpenAsync(rfq.Tokens[0]);
        await database.SqlAsync("update rfq_invitations set link_revoked_at = now() where rfq_id = $1", rfq.Id);
        Assert.Null(await OpenAsync(rfq.Tokens[0]));
        await using var scope = database.As(Identity(link!));
        await Assert.ThrowsAnyAsync<RefusedException>(() => scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct));
    }

    [Fact]
    public async Task After_a_renewal_the_old_token_opens_nothing_and_the_new_one_does()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        await database.SqlAsync("update rfq_invitations set access_token_hash = $2 where rfq_id = $1", rfq.Id, RfqInvitation.HashOf("renewed" + rfq.Id));
        Assert.Null(await OpenAsync(rfq.Tokens[0]));
        Assert.NotNull(await OpenAsync("renewed" + rfq.Id));
    }

    [Fact]
    public async Task After_the_deadline_the_link_shows_the_request_and_takes_no_quote()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1);
        var link = await OpenAsync(rfq.Tokens[0]);
        await Make.PassDeadlineAsync(database, rfq.Id);
        await using var scope = database.As(Identity(link!));
        var sheet = await scope.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct);
        Assert.Contains("has passed", sheet.Rfq.WhyNotForSupplier(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => scope.Get<QuoteService>().SubmitAsync(Make.Fill(sheet), _ct));
    }

    private static UserIdentity Identity(LinkSession link) => UserIdentity.Nobody with
    {
        Id = link.InvitationId, Name = link.Name, Roles = new HashSet<Role> { Role.Supplier }, SupplierId = link.SupplierId, SessionToken = link.Token,
    };

    private async Task<LinkSession?> OpenAsync(string token)
    {
        await using var scope = database.As(UserIdentity.Nobody);
        return await scope.Get<Sessions>().OpenLinkAsync(token, "a browser", _ct);
    }
}
