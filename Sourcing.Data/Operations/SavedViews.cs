using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Common;
using Sourcing.Data.Common.Lists;

namespace Sourcing.Data.Operations;

/// <summary>A tab on a list.</summary>
/// <param name="Query">The address's query string without the question mark.</param>
/// <param name="Mine">The person who looks saved it.</param>
public sealed record SavedViewRow(Guid Id, string Name, string Query, bool IsShared, bool Mine);

/// <summary>What a saved view is made from.</summary>
public sealed class SavedViewForm
{
    /// <summary>Name of the list.</summary>
    [Required, MaxLength(40)]
    public string List { get; set; } = "";

    /// <summary>1 to 60 characters; saving under the same name replaces.</summary>
    [Display(Name = "Name"), Required(AllowEmptyStrings = false, ErrorMessage = "The view needs a name."), MaxLength(60, ErrorMessage = "The name is longer than 60 characters. Shorten it.")]
    public string Name { get; set; } = "";

    /// <summary>The query string without the question mark; at most 2,000 characters.</summary>
    [MaxLength(2000, ErrorMessage = "The view has too many filters to be saved. Clear some.")]
    public string Query { get; set; } = "";

    /// <summary>Everybody who may see the list sees the tab.</summary>
    public bool IsShared { get; set; }
}

/// <summary>Reads the tabs of lists.</summary>
public sealed class SavedViewQueries(Database database, CurrentUser user, IEnumerable<IListSource> lists)
{
    /// <summary>The person's own and the shared views of a list, by name; at most 50.</summary>
    public Task<IReadOnlyList<SavedViewRow>> ForListAsync(string list, CancellationToken ct)
    {
        SavedViewService.DemandList(user, lists, list);
        return database.ReadAsync<IReadOnlyList<SavedViewRow>>(
            async (db, token) => await db.SavedViews
                .Where(v => v.List == list && (v.OwnerId == user.Id || v.IsShared))
                .OrderBy(v => v.Name).ThenBy(v => v.Id).Take(50)
                .Select(v => new SavedViewRow(v.Id, v.Name, v.Query, v.IsShared, v.OwnerId == user.Id))
                .ToListAsync(token),
            ct);
    }
}

/// <summary>Saves and deletes tabs of lists. A view is its owner's, also when it is shared.</summary>
public sealed class SavedViewService(Database database, CurrentUser user, IEnumerable<IListSource> lists)
{
    /// <summary>Saves the view; one of the same person, list and name is replaced.</summary>
    public Task<Guid> SaveAsync(SavedViewForm form, CancellationToken ct)
    {
        DemandList(user, lists, form.List);
        form.Name = form.Name.Trim();
        FormShape.Demand(form);
        return database.WriteAsync(
            async (db, token) =>
            {
                var view = await db.SavedViews.SingleOrDefaultAsync(v => v.OwnerId == user.Id && v.List == form.List && v.Name == form.Name, token);
                if (view is null)
                {
                    view = new SavedView(user.Id, form.List, form.Name, form.Query, form.IsShared);
                    db.Add(view);
                }
                else
                {
                    view.Change(form.Query, form.IsShared);
                }

                await db.SaveChangesAsync(token);
                return view.Id;
            },
            ct);
    }

    /// <summary>Deletes a view of one's own.</summary>
    public Task DeleteAsync(Guid id, CancellationToken ct)
    {
        if (user.Identity.Access != DatabaseAccess.Internal)
        {
            throw new DeniedException(Permission.PartsRead);
        }

        return database.WriteAsync(
            async (db, token) =>
            {
                if (await db.SavedViews.Where(v => v.Id == id && v.OwnerId == user.Id).ExecuteDeleteAsync(token) == 0)
                {
                    throw new MissingException("view");
                }
            },
            ct);
    }

    internal static void DemandList(CurrentUser user, IEnumerable<IListSource> lists, string name) =>
        user.Demand((lists.FirstOrDefault(l => l.Name == name) ?? throw new MissingException("list")).Permission);
}
