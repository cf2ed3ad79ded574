using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;

namespace Sourcing.Data.Catalog;

/// <summary>A number under which a part is known from now on.</summary>
public sealed class KeepReferenceForm : IForm
{
    /// <summary>What an offer can be of a part.</summary>
    public static readonly IReadOnlyList<CrossReferenceKind> Kinds = [CrossReferenceKind.Supplier, CrossReferenceKind.Manufacturer, CrossReferenceKind.Equivalent];

    public Guid FormKey { get; set; } = Guid.CreateVersion7();

    [Required(ErrorMessage = "Choose the part.")]
    public Guid? PartId { get; set; }

    public CrossReferenceKind Kind { get; set; }

    [Display(Name = "Whose"), StringLength(120, ErrorMessage = "The name is longer than 120 characters. Shorten it.")]
    public string PartyName { get; set; } = "";

    [Required(ErrorMessage = "Say which number it has there."), StringLength(80, ErrorMessage = "The number is longer than 80 characters. Leave the words out.")]
    public string Number { get; set; } = "";

    /// <summary>For an equivalent that is in the catalog.</summary>
    [Display(Name = "Part of the catalog")]
    public Guid? OtherPartId { get; set; }
}

/// <summary>Keeps single numbers of others beside a part, where they come up: the editor of the part changes them all.</summary>
public sealed class CrossReferenceService(Database database, CurrentUser user)
{
    /// <summary>Adds a cross-reference; one that is there already stays as it is. Refuses a kind that no offer has, and a part that is not there.</summary>
    /// <returns>The part.</returns>
    public Task<Guid> KeepAsync(KeepReferenceForm form, CancellationToken ct)
    {
        user.Demand(Permission.PartsWrite);
        FormShape.Demand(form);
        if (!KeepReferenceForm.Kinds.Contains(form.Kind))
        {
            throw new RefusedException(nameof(form.Kind), "Choose whether it is the supplier’s number, the maker’s or an equivalent.");
        }

        return database.WriteOnceAsync(form.FormKey, async (db, token) =>
        {
            // Two clicks on two pages: the second waits, and finds it there.
            await db.Database.ExecuteSqlAsync($"select from parts where id = {form.PartId} for update", token);
            var part = await db.Parts.Include(p => p.CrossReferences).SingleOrDefaultAsync(p => p.Id == form.PartId, token) ?? throw new MissingException("part");
            var (party, number) = (form.PartyName.Trim(), form.Number.Trim());
            if (!part.CrossReferences.Any(r => r.Kind == form.Kind && Same(r.PartyName, party) && Same(r.Number, number)))
            {
                part.KnownAs(form.Kind, party, number, form.Kind == CrossReferenceKind.Equivalent ? form.OtherPartId : null);
                // Whoever has the part open in the editor is told.
                db.Entry(part).Property(p => p.Name).IsModified = true;
                await db.SaveChangesAsync(token);
            }

            return part.Id;
        }, ct);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
