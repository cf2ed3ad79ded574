using System.Text;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Operations;
using Sourcing.Web.Tests.Support;

namespace Sourcing.Web.Tests.Operations;

public sealed class AttachmentTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_comes_back_as_it_went_in_without_its_path_and_its_content_in_no_list()
    {
        var made = await Make.DraftRfqAsync(database);
        await using var buyer = database.As(made.Buyer);
        var content = Encoding.UTF8.GetBytes("part;price\n" + string.Concat(Enumerable.Repeat("6204-2RS;2.50\n", 20_000)));
        var id = await AddAsync(buyer, made.Id, "../../x/prices.csv", content);
        var row = Assert.Single(await buyer.Get<AttachmentService>().ListAsync("rfqs", made.Id, _ct));
        Assert.Equal(("prices.csv", "text/csv", content.Length, false, true), (row.FileName, row.MediaType, (int)row.Size, row.VisibleToSupplier, row.MayRemove));
        await using var file = await buyer.Get<AttachmentService>().OpenAsync(id, _ct);
        using var back = new MemoryStream();
        await file.File.Content.CopyToAsync(back, _ct);
        Assert.Equal(content, back.ToArray());
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), await database.ScalarAsync<string>("select sha256 from attachments where id = $1", id));
        Assert.Equal(0L, await database.ScalarAsync<long>("select count(*) from audit_entries where table_name = 'attachments' and new_values ? 'content'"));
        await Assert.ThrowsAsync<RefusedException>(() => AddAsync(buyer, made.Id, "prices.csv", content));
    }

    [Fact]
    public async Task What_is_too_large_is_cut_at_the_limit_and_leaves_nothing_behind()
    {
        var made = await Make.DraftRfqAsync(database);
        await using var buyer = database.As(made.Buyer);
        var endless = new Endless();
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AttachmentService>().AddAsync("rfqs", made.Id, "big.txt", endless, false, _ct));
        Assert.Equal("The file is larger than 25 MB. Make it smaller or split it.", refusal.Message);
        Assert.InRange(endless.Read_, AttachmentService.LargestFile, AttachmentService.LargestFile + (128 * 1024));
        Assert.Empty(await buyer.Get<AttachmentService>().ListAsync("rfqs", made.Id, _ct));
    }

    [Fact]
    public async Task Who_sends_too_many_files_in_a_minute_is_told_to_wait_and_others_go_on()
    {
        var made = await Make.DraftRfqAsync(database);
        await using var buyer = database.As(made.Buyer);
        await using var other = await database.AsAsync(Role.Buyer);
        using var limit = new UploadLimit(2);
        Task SendAsync(TestScope from, int number) => new AttachmentService(from.Get<Database>(), from.User, limit)
            .AddAsync("rfqs", made.Id, $"{number}.txt", new MemoryStream(Encoding.UTF8.GetBytes($"File {number}.")), false, _ct);
        await SendAsync(buyer, 1);
        await SendAsync(buyer, 2);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => SendAsync(buyer, 3));
        Assert.Equal("You have sent 2 files within a minute, which is the most. Wait a minute, then send the rest.", refusal.Message);
        await SendAsync(other, 4);
        Assert.Equal(3, (await buyer.Get<AttachmentService>().ListAsync("rfqs", made.Id, _ct)).Count);
    }

    [Fact]
    public async Task Removing_can_be_undone_by_those_who_may_write_the_record()
    {
        var made = await Make.DraftRfqAsync(database);
        await using var buyer = database.As(made.Buyer);
        var id = await AddAsync(buyer, made.Id, "note.txt", "note"u8.ToArray());
        await buyer.Get<AttachmentService>().RemoveAsync(id, _ct);
        Assert.Empty(await buyer.Get<AttachmentService>().ListAsync("rfqs", made.Id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => buyer.Get<AttachmentService>().OpenAsync(id, _ct));
        await using var reader = await database.AsAsync(Role.ReadOnly);
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<AttachmentService>().RestoreAsync(id, _ct));
        await buyer.Get<AttachmentService>().RestoreAsync(id, _ct);
        Assert.Single(await buyer.Get<AttachmentService>().ListAsync("rfqs", made.Id, _ct));
    }

    [Fact]
    public async Task Roles_get_what_the_record_gives_them()
    {
        var made = await Make.DraftRfqAsync(database);
        await using var buyer = database.As(made.Buyer);
        var id = await AddAsync(buyer, made.Id, "note.txt", "note"u8.ToArray());
        await using var reader = await database.AsAsync(Role.ReadOnly);
        Assert.False(Assert.Single(await reader.Get<AttachmentService>().ListAsync("rfqs", made.Id, _ct)).MayRemove);
        await Assert.ThrowsAsync<DeniedException>(() => AddAsync(reader, made.Id, "more.txt", "more"u8.ToArray()));
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<AttachmentService>().RemoveAsync(id, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => reader.Get<AttachmentService>().ShowToSupplierAsync(id, true, _ct));
        await using var rep = await database.AsAsync(Role.SalesRep);
        await Assert.ThrowsAsync<DeniedException>(() => rep.Get<AttachmentService>().ListAsync("rfqs", made.Id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => rep.Get<AttachmentService>().OpenAsync(id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => AddAsync(buyer, Guid.CreateVersion7(), "lost.txt", "lost"u8.ToArray()));
    }

    [Fact]
    public async Task A_supplier_gets_what_is_marked_on_what_they_were_invited_to_and_nothing_else()
    {
        var made = await Make.OpenRfqAsync(database, suppliers: 1);
        await using var buyer = database.As(made.Buyer);
        var shown = await AddAsync(buyer, made.Id, "drawing.txt", "drawing"u8.ToArray());
        var hidden = await AddAsync(buyer, made.Id, "budget.txt", "budget"u8.ToArray());
        await buyer.Get<AttachmentService>().ShowToSupplierAsync(shown, true, _ct);

        await using var invited = await database.AsAsync(made.Suppliers[0], Role.Supplier);
        var row = Assert.Single(await invited.Get<AttachmentService>().ListAsync("rfqs", made.Id, _ct));
        Assert.Equal((shown, false), (row.Id, row.MayRemove));
        await using (var file = await invited.Get<AttachmentService>().OpenAsync(shown, _ct))
        {
            Assert.Equal("drawing.txt", file.FileName);
        }

        await Assert.ThrowsAsync<MissingException>(() => invited.Get<AttachmentService>().OpenAsync(hidden, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => AddAsync(invited, made.Id, "mine.txt", "mine"u8.ToArray()));
        await Assert.ThrowsAsync<DeniedException>(() => invited.Get<AttachmentService>().RemoveAsync(shown, _ct));
        await Assert.ThrowsAsync<DeniedException>(() => invited.Get<AttachmentService>().ListAsync("suppliers", made.Suppliers[0], _ct));
        await Assert.ThrowsAsync<RefusedException>(() => invited.Get<Database>().WriteAsync(
            (db, ct) => db.Database.ExecuteSqlAsync($"update attachments set visible_to_supplier = true where id = {hidden}", ct), _ct));

        await using var stranger = await database.AsAsync(Guid.CreateVersion7(), Role.Supplier);
        Assert.Empty(await stranger.Get<AttachmentService>().ListAsync("rfqs", made.Id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => stranger.Get<AttachmentService>().OpenAsync(shown, _ct));
    }

    [Fact]
    public async Task A_supplier_adds_and_removes_files_of_their_own_quote_until_the_deadline_and_no_other_supplier_sees_them()
    {
        var rfq = await Make.OpenRfqAsync(database, suppliers: 2, lines: 1);
        var quote = await Make.DraftQuoteAsync(database, rfq);
        await using var supplier = database.As(quote.Supplier);
        var files = supplier.Get<AttachmentService>();
        var first = await files.AddAsync("quotes", quote.Id, "datasheet.txt", new MemoryStream("sheet"u8.ToArray()), false, _ct);
        var second = await files.AddAsync("quotes", quote.Id, "certificate.txt", new MemoryStream("cert"u8.ToArray()), false, _ct);
        await files.RemoveAsync(second, _ct);
        Assert.Equal((first, true, true), Assert.Single(await files.ListAsync("quotes", quote.Id, _ct)) is var row ? (row.Id, row.FromSupplier, row.MayRemove) : default);
        await using var buyer = database.As(rfq.Buyer);
        Assert.Single(await buyer.Get<AttachmentService>().ListAsync("quotes", quote.Id, _ct));
        await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<AttachmentService>().ShowToSupplierAsync(first, false, _ct));
        await using var rival = await database.AsAsync(rfq.Suppliers[1], Role.Supplier);
        Assert.Empty(await rival.Get<AttachmentService>().ListAsync("quotes", quote.Id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => rival.Get<AttachmentService>().OpenAsync(first, _ct));
        await Assert.ThrowsAsync<MissingException>(() => rival.Get<AttachmentService>().AddAsync("quotes", quote.Id, "x.txt", new MemoryStream("x"u8.ToArray()), false, _ct));

        await Make.PassDeadlineAsync(database, rfq.Id);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => files.AddAsync("quotes", quote.Id, "late.txt", new MemoryStream("late"u8.ToArray()), false, _ct));
        Assert.StartsWith("The request is closed", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => files.RemoveAsync(first, _ct));
        Assert.Equal(0, await supplier.Get<Database>().WriteAsync((db, ct) => db.Database.ExecuteSqlAsync($"update attachments set deleted_at = now() where id = {first}", ct), _ct));
    }

    [Fact]
    public async Task Deleted_records_are_listed_for_those_who_may_write_them_and_come_back_with_what_went_with_them()
    {
        var made = await Make.DraftRfqAsync(database, suppliers: 1);
        await using var buyer = database.As(made.Buyer);
        await buyer.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                db.Remove(await db.Suppliers.Include(s => s.Contacts).SingleAsync(s => s.Id == made.Suppliers[0], ct));
                await db.SaveChangesAsync(ct);
            },
            _ct);
        var row = Assert.Single((await buyer.Get<DeletedRecordList>().PageAsync(new(), _ct)).Rows, r => r.Id == made.Suppliers[0]);
        Assert.Equal(("suppliers", made.Buyer.Name), (row.TableName, row.DeletedBy));
        await using var planner = await database.AsAsync(Role.Planner);
        Assert.Empty((await planner.Get<DeletedRecordList>().PageAsync(new(), _ct)).Rows);
        await Assert.ThrowsAsync<DeniedException>(() => planner.Get<RestoreService>().RestoreAsync("suppliers", row.Id, _ct));
        await Assert.ThrowsAsync<MissingException>(() => buyer.Get<RestoreService>().RestoreAsync("suppliers", Guid.CreateVersion7(), _ct));
        await Assert.ThrowsAsync<MissingException>(() => buyer.Get<RestoreService>().RestoreAsync("pg_class", row.Id, _ct));

        var code = await database.ScalarAsync<string>("select code from suppliers where id = $1", row.Id);
        var other = await buyer.Get<Database>().WriteAsync(
            async (db, ct) =>
            {
                var supplier = Make.NewSupplier("Another");
                db.Add(supplier);
                await db.SaveChangesAsync(ct);
                await db.Database.ExecuteSqlAsync($"update suppliers set code = {code} where id = {supplier.Id}", ct);
                return supplier.Id;
            },
            _ct);
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => buyer.Get<RestoreService>().RestoreAsync("suppliers", row.Id, _ct));
        Assert.Contains("Another supplier", refusal.Message, StringComparison.Ordinal);
        await database.SqlAsync("update suppliers set code = 'FREE' where id = $1", other);
        await buyer.Get<RestoreService>().RestoreAsync("suppliers", row.Id, _ct);
        Assert.Equal(1L, await database.ScalarAsync<long>("select count(*) from suppliers where id = $1 and deleted_at is null and deleted_by is null", row.Id));
    }

    private Task<Guid> AddAsync(TestScope scope, Guid rfq, string name, byte[] content) =>
        scope.Get<AttachmentService>().AddAsync("rfqs", rfq, name, new MemoryStream(content), false, _ct);

    /// <summary>Letters without end.</summary>
    private sealed class Endless : Stream
    {
        public long Read_ { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Read_; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Fill(buffer, (byte)'x', offset, count);
            Read_ += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
