using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Data.Rfqs;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Rfqs;

/// <summary>Files of an RFQ and of its lines: who sees them, and what becomes of them.</summary>
public sealed class RfqFilesTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invited_supplier_finds_and_downloads_what_is_shown_at_a_line_and_nothing_else(bool byLink)
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 1, lines: 2);
        await using var buyer = database.As(rfq.Buyer);
        var shown = await AddAsync(buyer, "rfq_lines", rfq.Lines[1], "drawing.txt", "as drawn");
        await buyer.Get<AttachmentService>().ShowToSupplierAsync(shown, true, _ct);
        var hidden = await AddAsync(buyer, "rfq_lines", rfq.Lines[1], "budget.txt", "12,000 at most");
        var supplier = byLink ? await LinkAsync(rfq) : await database.UserAsync(rfq.Suppliers[0], [Role.Supplier]);
        await using var invited = database.As(supplier);
        var sheet = await invited.Get<QuoteQueries>().OwnAsync(rfq.Id, _ct);
        Assert.Empty(sheet.Rfq.Lines[0].Files);
        Assert.Equal(("drawing.txt", shown), (Assert.Single(sheet.Rfq.Lines[1].Files).Name, sheet.Rfq.Lines[1].Files[0].Id));
        Assert.Equal("as drawn", await ReadAsync(invited, shown));
        await Assert.ThrowsAsync<MissingException>(() => ReadAsync(invited, hidden));
        await using var stranger = await database.AsAsync((await Make.OpenRfqAsync(database, suppliers: 1)).Suppliers[0], Role.Supplier);
        await Assert.ThrowsAsync<MissingException>(() => ReadAsync(stranger, shown));
    }

    [Fact]
    public async Task The_page_counts_the_files_of_the_lines_and_the_opening_says_what_goes_out()
    {
        var rfq = await Make.DraftRfqAsync(database, lines: 2);
        await using var buyer = database.As(rfq.Buyer);
        var first = await AddAsync(buyer, "rfqs", rfq.Id, "terms.txt", "terms");
        await buyer.Get<AttachmentService>().ShowToSupplierAsync(first, true, _ct);
        await AddAsync(buyer, "rfq_lines", rfq.Lines[0], "drawing.txt", "drawing");
        await AddAsync(buyer, "rfq_lines", rfq.Lines[0], "sketch.txt", "sketch");
        var queries = buyer.Get<RfqQueries>();
        Assert.Equal(3, (await queries.DetailsAsync(rfq.Id, _ct))!.Files);
        Assert.Equal([2, 0], (await queries.LinesAsync(rfq.Id, _ct)).Select(l => l.Files));
        Assert.Equal([2, 0], (await queries.FormAsync(rfq.Id, _ct)).Lines.Select(l => l.Files));
        Assert.Equal(new RfqFileCount(Shown: 1, Inside: 2), await queries.FilesAsync(rfq.Id, _ct));
    }

    [Fact]
    public async Task A_copy_takes_the_files_of_the_RFQ_and_of_each_line_with_their_content()
    {
        var rfq = await Make.OpenRfqAsync(database, lines: 3);
        await using var buyer = database.As(rfq.Buyer);
        await AddAsync(buyer, "rfqs", rfq.Id, "terms.txt", "our terms");
        var drawing = await AddAsync(buyer, "rfq_lines", rfq.Lines[2], "drawing.txt", "third as drawn");
        await buyer.Get<AttachmentService>().ShowToSupplierAsync(drawing, true, _ct);
        var copy = await buyer.Get<RfqService>().CopyAsync(new() { Id = rfq.Id }, _ct);
        Assert.Equal(new RfqFileCount(Shown: 1, Inside: 1), await buyer.Get<RfqQueries>().FilesAsync(copy, _ct));
        var line = (await buyer.Get<RfqQueries>().LinesAsync(copy, _ct))[2];
        var file = Assert.Single(await buyer.Get<AttachmentService>().ListAsync("rfq_lines", line.Id, _ct));
        Assert.Equal(("drawing.txt", true), (file.FileName, file.VisibleToSupplier));
        Assert.NotEqual(drawing, file.Id);
        Assert.Equal("third as drawn", await ReadAsync(buyer, file.Id));
        await buyer.Get<AttachmentService>().RemoveAsync(drawing, _ct);
        Assert.Equal("third as drawn", await ReadAsync(buyer, file.Id));
    }

    [Fact]
    public async Task A_copy_leaves_the_files_where_nobody_wants_them()
    {
        var rfq = await Make.OpenRfqAsync(database);
        await using var buyer = database.As(rfq.Buyer);
        await AddAsync(buyer, "rfqs", rfq.Id, "terms.txt", "our terms");
        var copy = await buyer.Get<RfqService>().CopyAsync(new() { Id = rfq.Id, WithFiles = false }, _ct);
        Assert.Equal(0, (await buyer.Get<RfqQueries>().FilesAsync(copy, _ct)).All);
    }

    [Fact]
    public async Task A_line_that_leaves_its_draft_takes_its_files_away()
    {
        var rfq = await Make.DraftRfqAsync(database, lines: 2);
        await using var buyer = database.As(rfq.Buyer);
        await AddAsync(buyer, "rfq_lines", rfq.Lines[0], "kept.txt", "kept");
        await AddAsync(buyer, "rfq_lines", rfq.Lines[1], "gone.txt", "gone");
        var form = await buyer.Get<RfqQueries>().FormAsync(rfq.Id, _ct);
        form.Lines.RemoveAt(1);
        await buyer.Get<RfqService>().SaveAsync(form, _ct);
        Assert.Equal(1, (await buyer.Get<RfqQueries>().FilesAsync(rfq.Id, _ct)).All);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from attachments where owner_id = any($1) and deleted_at is not null and deleted_by = $2", rfq.Lines.ToArray(), rfq.Buyer.Id));
    }

    private async Task<UserIdentity> LinkAsync(MadeRfq rfq)
    {
        await using var scope = database.As(UserIdentity.Nobody);
        var link = await scope.Get<Sessions>().OpenLinkAsync(rfq.Tokens[0], "a browser", _ct);
        return UserIdentity.Nobody with { Id = link!.InvitationId, Name = link.Name, Roles = new HashSet<Role> { Role.Supplier }, SupplierId = link.SupplierId, SessionToken = link.Token };
    }

    private Task<Guid> AddAsync(TestScope scope, string kind, Guid owner, string name, string text) =>
        scope.Get<AttachmentService>().AddAsync(kind, owner, name, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), visibleToSupplier: false, _ct);

    private async Task<string> ReadAsync(TestScope scope, Guid file)
    {
        await using var opened = await scope.Get<AttachmentService>().OpenAsync(file, _ct);
        using var reader = new StreamReader(opened.File.Content);
        return await reader.ReadToEndAsync(_ct);
    }
}
